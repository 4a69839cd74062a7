import type { VNode } from 'preact';
import type { Correction, UnsureTitle } from '../../vacancies/title-corrections.service.js';
import { Details, Facts, InventedTag, NextPage } from '../site/blocks.js';
import { AskForm, Button, ErrorSummary, Form, type FormState, Select, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { StatusLine, moment } from './blocks.js';
import { NO_OCCUPATION_VALUE } from './titles.form.js';

export interface TitleNames {
  occupation(isco: string): string;
  area(id: number): string;
  region(code: string): string;
}

/** An occupation in words that may be several, or none: the reader is asked which. */
export interface AskedOccupation {
  title: string;
  area: number | null;
  typed: string;
  candidates: readonly string[];
}

export interface TitlesProps {
  state: FormState;
  /** Which titles are looked at, as the address says it: hidden fields of every form lead back there. */
  at: Readonly<Record<string, string>>;
  names: TitleNames;
  regions: readonly { value: string; label: string }[];
  areas: readonly { value: string; label: string }[];
  unsure: { items: readonly UnsureTitle[]; nextCursor: string | null; total: number };
  recent: readonly Correction[];
  mayCorrect: boolean;
  done: Correction | null;
  asked: AskedOccupation | null;
}

/** Titles that the program is not sure of: what they are thought to mean, and one press for what they mean. */
export function TitlesPage(props: TitlesProps): VNode {
  const { state, at, regions, areas, unsure, done, asked, mayCorrect } = props;
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.titles.title')} wide hasErrors={problems.length > 0}>
      <ErrorSummary state={state} />
      <h1>{t('page.titles.title')}</h1>
      {done === null ? null : <Done {...props} done={done} />}
      {asked === null ? null : <Which {...props} asked={asked} />}
      <p>{t('page.titles.lead')}</p>
      <AskForm page={page} action="/centre/titles">
        <div class="filters">
          <Select state={state} name="region" label={t('page.titles.region')} choices={regions} />
          <Select
            state={state}
            name="in"
            label={t('page.titles.area')}
            empty={t('page.titles.all_areas')}
            choices={areas}
          />
        </div>
        <div class="actions">
          <Button kind="quiet">{t('page.titles.show')}</Button>
        </div>
      </AskForm>
      <h2>{t('page.titles.waiting', { count: unsure.total })}</h2>
      {unsure.total === 0 ? <p>{t('page.titles.none')}</p> : null}
      <ul class="plain">
        {unsure.items.map((title, index) => (
          <li key={title.key} class="card">
            <TitleCard {...props} title={title} index={index} />
          </li>
        ))}
      </ul>
      <NextPage page={page} path="/centre/titles" query={new URLSearchParams(at)} cursor={unsure.nextCursor} />
      <Recent {...props} mayUndo={mayCorrect} />
    </Layout>
  );
}

function TitleCard({
  state,
  at,
  names,
  mayCorrect,
  title,
  index,
}: TitlesProps & { title: UnsureTitle; index: number }): VNode {
  const { page } = state;
  const { t, href } = page;
  const { spellings, areaIds, example, guesses } = title;
  const [spelling = example.title, ...others] = spellings;
  return (
    <>
      <h3>{spelling}</h3>
      <p class="soft">
        {t('page.titles.counts', { vacancies: title.vacancies, openings: title.openings })}
        {title.seekers === 0 ? null : ` ${t('page.titles.seekers', { seekers: title.seekers })}`}
      </p>
      <Facts
        items={[
          { name: t('page.titles.spellings'), value: others.join('; ') },
          { name: t('page.titles.areas'), value: areaIds.map((id) => names.area(id)).join('; ') },
          {
            name: t('page.titles.example'),
            value: (
              <>
                <a href={href(`/vacancies/${example.id}`)}>{example.title}</a>, {example.employerName},{' '}
                {names.region(example.regionCode)} <InventedTag page={page} synthetic={example.synthetic} />
              </>
            ),
          },
        ]}
      />
      <p>{guessInWords(page, names, guesses[0])}</p>
      {mayCorrect ? (
        <>
          <OneTap {...{ page, at, names }} title={spelling} area={example.areaId} iscos={worthAsking(guesses)} />
          <Details summary={t('page.titles.other')}>
            <Form page={page} action="/centre/titles" once>
              <Where at={at} title={spelling} area={example.areaId} />
              <TextField
                state={{ page, typed: {}, problems: [] }}
                name={`other.${index}`}
                label={t('page.titles.other')}
                hint={t('page.titles.other_hint')}
                suggestions={href('/suggest/occupations')}
                maxLength={200}
              />
              <Button>{t('page.titles.other_save')}</Button>
            </Form>
          </Details>
        </>
      ) : null}
    </>
  );
}

/** Confidence in words: of likely ones two in three are right, of mere guesses one in three or fewer. */
function guessInWords(
  { t }: PageContext,
  names: TitleNames,
  guess: UnsureTitle['guesses'][number] | undefined,
): string {
  if (guess === undefined) return t('page.titles.guess_nothing');
  const occupation = names.occupation(guess.isco);
  if (guess.confidence >= 0.65) return t('page.titles.guess_likely', { occupation });
  return t(guess.confidence >= 0.4 ? 'page.titles.guess_perhaps' : 'page.titles.guess_hardly', { occupation });
}

/** Below it an alternative is only in the way. */
const LEAST_ASKED = 0.02;

/** The guess, and what else the title may well mean. */
function worthAsking(guesses: UnsureTitle['guesses']): string[] {
  return guesses.filter(({ confidence }, i) => i === 0 || confidence >= LEAST_ASKED).map(({ isco }) => isco);
}

/** What a form corrects, and the list that it leads back to. */
function Where({ at, title, area }: { at: TitlesProps['at']; title: string; area: number | null }): VNode {
  const fields = { ...at, title, ...(area === null ? {} : { area: String(area) }) };
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

/** A button for each occupation that the title may mean: one press decides. */
function OneTap({
  page,
  at,
  names,
  title,
  area,
  iscos,
}: Pick<TitlesProps, 'at' | 'names'> & {
  page: PageContext;
  title: string;
  area: number | null;
  iscos: readonly string[];
}): VNode {
  const { t } = page;
  return (
    <Form page={page} action="/centre/titles" once>
      <Where at={at} title={title} area={area} />
      <fieldset class="field">
        <legend>
          {t('page.titles.what_is_it')} <span class="hidden">{title}</span>
        </legend>
        <div class="reason-buttons in-row">
          {iscos.map((isco) => (
            <button key={isco} type="submit" class="button reason" name="isco" value={isco}>
              {names.occupation(isco)}
            </button>
          ))}
          <button type="submit" class="button reason" name="isco" value={NO_OCCUPATION_VALUE}>
            {t('page.titles.no_occupation')}
          </button>
        </div>
      </fieldset>
    </Form>
  );
}

/** What was typed may be several occupations, or is none. */
function Which({ state, at, names, asked }: TitlesProps & { asked: AskedOccupation }): VNode {
  const { page } = state;
  const { t, href } = page;
  const { title, area, typed, candidates } = asked;
  return (
    <section class="card" aria-labelledby="which">
      <h2 id="which">{t('page.titles.which')}</h2>
      <p>{t(candidates.length === 0 ? 'page.titles.which_none' : 'page.titles.which_lead', { typed, title })}</p>
      <OneTap {...{ page, at, names, title, area }} iscos={candidates} />
      <Form page={page} action="/centre/titles" once>
        <Where at={at} title={title} area={area} />
        <TextField
          state={{ ...state, typed: { other: typed } }}
          name="other"
          label={t('page.titles.other')}
          hint={t('page.titles.other_hint')}
          suggestions={href('/suggest/occupations')}
          maxLength={200}
        />
        <Button>{t('page.titles.other_save')}</Button>
      </Form>
    </section>
  );
}

/** A correction in one line. */
function said({ t }: PageContext, names: TitleNames, { title, isco, areaId }: Correction): string {
  const shown = areaId === null ? title : `${title} (${names.area(areaId)})`;
  if (isco === null) return t('page.titles.done_nothing', { title: shown });
  return t('page.titles.done_is', { title: shown, occupation: names.occupation(isco) });
}

function recodedInWords({ t }: PageContext, { recoded, vacancies, seekers }: Correction): string {
  if (!recoded) return t('page.titles.done_later');
  return t('page.titles.done_counts', { vacancies: vacancies ?? 0, seekers: seekers ?? 0 });
}

function Done({ state: { page }, at, names, done, mayCorrect }: TitlesProps & { done: Correction }): VNode {
  return (
    <StatusLine>
      <p>
        {done.endedReason === 'withdrawn'
          ? page.t('page.titles.done_undone', { title: done.title })
          : said(page, names, done)}{' '}
        {recodedInWords(page, done)}
      </p>
      {mayCorrect && done.endedAt === null ? <Undo {...{ page, at }} correction={done} /> : null}
    </StatusLine>
  );
}

function Undo({ page, at, correction }: { page: PageContext; at: TitlesProps['at']; correction: Correction }): VNode {
  return (
    <Form page={page} action={`/centre/titles/${correction.id}/withdraw`}>
      {Object.entries(at).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button kind="quiet">
        {page.t('page.titles.undo')}
        <span class="hidden"> {correction.title}</span>
      </Button>
    </Form>
  );
}

/** What officers of all regions said last, with the step back. */
function Recent({ state: { page }, at, names, recent, mayUndo }: TitlesProps & { mayUndo: boolean }): VNode {
  const { t } = page;
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">{t('page.titles.recent')}</h2>
      <p class="hint">{t(recent.length === 0 ? 'page.titles.recent_none' : 'page.titles.recent_lead')}</p>
      <ul class="plain">
        {recent.map((correction) => (
          <li key={correction.id} class="card">
            <p>{said(page, names, correction)}</p>
            <p class="soft">
              {t('page.titles.by', {
                who: correction.madeByLabel ?? t('page.centre.colleague'),
                when: moment(page, correction.madeAt),
              })}
              . {recodedInWords(page, correction)}
            </p>
            {mayUndo ? <Undo {...{ page, at, correction }} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
