import type { VNode } from 'preact';
import { PAY_RISE_TENGE, type SuitableHouseholds } from '../../matching/suitable-households.service.js';
import type { EmployerSubsidy } from '../../programme/support.service.js';
import { EDUCATIONS, EMPLOYMENTS, EXPERIENCES, HOUSINGS, SCHEDULES } from '../../vacancies/vacancies.dto.js';
import { BackLink, Details, Facts, Notice } from '../site/blocks.js';
import {
  Button,
  Checkbox,
  Choices,
  ErrorSummary,
  Form,
  type FormState,
  Select,
  TextArea,
  TextField,
} from '../site/fields.js';
import { one } from '../site/form.js';
import { Layout } from '../site/layout.js';
import { Unverified } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { sourceInWords } from '../site/source-name.js';

/** What was understood of a vacancy before it is posted, and whom it would suit. */
export interface Checked {
  occupation: { isco: string; name: string } | null;
  occupationSure: boolean;
  /** What an unclear title may mean. */
  candidates: readonly { isco: string; name: string }[];
  /** Settlement, district and region in one line. */
  place: string;
  placeSure: boolean;
  /** A zero was typed, which is taken for no pay stated. */
  payIsZero: boolean;
  suits: SuitableHouseholds;
}

interface VacancyFormProps extends FormState {
  /** The vacancy that is changed; null for a new one. */
  editing: { id: string; title: string } | null;
  checked: Checked | null;
  /** Places that unclear words may mean. */
  places: readonly string[];
  /** Null where what is paid this year is not known. */
  subsidy: EmployerSubsidy | null;
}

/** One page for a new vacancy and for changing one: what is asked, then what would come of it, then the step that counts. */
export function VacancyFormPage({ editing, checked, places, subsidy, ...state }: VacancyFormProps): VNode {
  const { page, problems } = state;
  const { t } = page;
  const title = t(editing === null ? 'page.employer.new_title' : 'page.employer.edit_title');
  const action = editing === null ? '/employer/vacancies/new' : `/employer/vacancies/${editing.id}/edit`;
  const saves = checked !== null || editing !== null;
  return (
    <Layout page={page} title={title} hasErrors={problems.length > 0}>
      <BackLink page={page} path="/employer" />
      <ErrorSummary state={state} />
      <h1>{title}</h1>
      {editing === null ? <p>{t('page.employer.new_lead')}</p> : <p class="lead">{editing.title}</p>}
      <Form page={page} action={action} remember={editing === null ? 'vacancy' : undefined} once={editing === null}>
        {checked === null ? null : <Check state={state} checked={checked} />}
        {asksOccupation(checked) ? null : <ChosenOccupation state={state} />}
        <Fields state={state} places={places} />
        <div class="actions">
          <Button kind={saves ? 'quiet' : 'main'} name="do" value="check">
            {t(checked === null ? 'page.employer.check' : 'page.employer.check_again')}
          </Button>
          {saves ? (
            <Button name="do" value="save">
              {t(editing === null ? 'page.employer.post' : 'page.employer.save')}
            </Button>
          ) : null}
        </div>
      </Form>
      {subsidy === null ? null : <Subsidy page={page} subsidy={subsidy} />}
    </Layout>
  );
}

function asksOccupation(checked: Checked | null): boolean {
  return checked !== null && !checked.occupationSure && checked.candidates.length > 0;
}

/** An occupation that was chosen once stays with the title for which it was. */
function ChosenOccupation({ state: { typed } }: { state: FormState }): VNode | null {
  const isco = one(typed, 'isco');
  if (isco === '') return null;
  return (
    <>
      <input type="hidden" name="isco" value={isco} />
      <input type="hidden" name="iscoTitle" value={one(typed, 'iscoTitle')} />
    </>
  );
}

function Fields({ state, places }: { state: FormState; places: readonly string[] }): VNode {
  const { page } = state;
  const { t } = page;
  const words = (kind: string, codes: readonly string[]): { value: string; label: string }[] =>
    codes.map((value) => ({ value, label: t(`${kind}.${value.replace('-', '_').replace('+', '_more')}`) }));
  const any = t('page.site.not_stated');
  return (
    <>
      <TextField
        state={state}
        name="title"
        label={t('page.employer.title')}
        hint={t('page.employer.title_hint')}
        suggestions={page.href('/suggest/occupations')}
        maxLength={500}
        required
      />
      <TextField
        state={state}
        name="location"
        label={t('page.employer.location')}
        hint={t('page.employer.location_hint')}
        suggestions={page.href('/suggest/places')}
        maxLength={500}
        required
      />
      {places.length === 0 ? null : (
        <>
          <input type="hidden" name="placeFor" value={one(state.typed, 'location')} />
          <Choices
            state={state}
            name="place"
            kind="radio"
            label={t('page.employer.place_choose')}
            hint={t('page.employer.place_choose_hint')}
            choices={places.map((place) => ({ value: place, label: place }))}
          />
        </>
      )}
      <div class="filters">
        <TextField
          state={state}
          name="payMinTenge"
          label={t('page.employer.pay_min')}
          unit={t('page.vacancies.pay_unit')}
          inputMode="numeric"
          width={12}
          maxLength={13}
        />
        <TextField
          state={state}
          name="payMaxTenge"
          label={t('page.employer.pay_max')}
          unit={t('page.vacancies.pay_unit')}
          inputMode="numeric"
          width={12}
          maxLength={13}
        />
        <TextField
          state={state}
          name="openings"
          label={t('page.employer.openings')}
          inputMode="numeric"
          width={6}
          maxLength={6}
        />
      </div>
      <Select
        state={state}
        name="employment"
        label={t('page.vacancies.employment')}
        hint={t('page.employer.employment_hint')}
        empty={any}
        choices={words('employment', EMPLOYMENTS)}
      />
      <Select
        state={state}
        name="schedule"
        label={t('page.vacancies.schedule')}
        empty={any}
        choices={words('schedule', SCHEDULES)}
      />
      <Select
        state={state}
        name="education"
        label={t('page.vacancies.education')}
        empty={any}
        choices={words('education', EDUCATIONS)}
      />
      <Select
        state={state}
        name="experience"
        label={t('page.vacancy.experience')}
        empty={any}
        choices={words('experience', EXPERIENCES)}
      />
      <Choices
        state={state}
        name="housing"
        kind="radio"
        label={t('page.vacancies.housing')}
        hint={t('page.employer.housing_hint')}
        choices={HOUSINGS.map((value) => ({ value, label: t(`page.match.housing_${value}`) }))}
      />
      <Checkbox state={state} name="relocationOffered" label={t('page.employer.relocation')} />
      <TextField
        state={state}
        name="validUntil"
        type="date"
        label={t('page.employer.valid_until')}
        hint={t('page.employer.valid_until_hint')}
        width={12}
      />
      <TextArea state={state} name="duties" label={t('page.employer.duties')} rows={5} maxLength={20_000} />
    </>
  );
}

/** What the program understood: to be looked at before the vacancy is posted. */
function Check({ state, checked }: { state: FormState; checked: Checked }): VNode {
  const { t } = state.page;
  const { occupation, place, placeSure, payIsZero, candidates } = checked;
  const title = one(state.typed, 'title');
  return (
    <section class="card" aria-labelledby="checked" tabIndex={-1} data-focus data-again>
      <h2 id="checked">{t('page.employer.checked')}</h2>
      <Facts
        items={[
          {
            name: t('page.employer.understood_occupation'),
            value: occupation === null ? t('page.employer.occupation_unknown') : occupation.name,
          },
          { name: t('page.employer.understood_place'), value: place },
        ]}
      />
      {asksOccupation(checked) ? (
        <>
          <input type="hidden" name="iscoTitle" value={title} />
          <Choices
            state={state}
            name="isco"
            kind="radio"
            label={t('page.employer.occupation_choose')}
            hint={t('page.employer.occupation_choose_hint')}
            choices={candidates.map(({ isco, name }) => ({ value: isco, label: name }))}
          />
        </>
      ) : null}
      {occupation === null && candidates.length === 0 ? (
        <Notice kind="warn">{t('page.employer.occupation_none')}</Notice>
      ) : null}
      {placeSure ? null : <Notice kind="warn">{t('page.employer.place_unsure')}</Notice>}
      {payIsZero ? <Notice kind="warn">{t('record.zero_pay')}</Notice> : null}
      <Suits page={state.page} suits={checked.suits} />
    </section>
  );
}

function Suits({ page, suits }: { page: PageContext; suits: SuitableHouseholds }): VNode {
  const { t, tenge } = page;
  const { households, failures, improvements } = suits;
  return (
    <>
      <h3>{t('page.employer.suits_title')}</h3>
      {failures.length > 0 ? (
        <Notice kind="warn">
          <p>{t('page.employer.suits_nobody')}</p>
          <ul>
            {failures.map((code) => (
              <li key={code}>{t(code)}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <p>
          <strong>
            {households === null ? t('page.employer.suits_few') : t('page.employer.suits', { households })}
          </strong>
        </p>
      )}
      {improvements.length === 0 ? null : (
        <>
          <p>{t('page.employer.more_with')}</p>
          <ul>
            {improvements.map(({ improvement, households: then }) => (
              <li key={improvement}>
                {t(`page.employer.more_${improvement}`, { households: then, rise: tenge(PAY_RISE_TENGE) })}
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="hint">{t('page.employer.suits_note')}</p>
    </>
  );
}

function Subsidy({ page, subsidy }: { page: PageContext; subsidy: EmployerSubsidy }): VNode {
  const { t, tenge, number, href } = page;
  const { mci, years, tenge: amount, year, source, verified } = subsidy;
  return (
    <Details summary={t('page.employer.subsidy_title', { mci: number(mci) })} open>
      <p>
        {t('page.employer.subsidy', { mci: number(mci), amount: tenge(amount), year, years })}{' '}
        <Unverified page={page} verified={verified} />
      </p>
      <ul>
        <li>{t('page.employer.subsidy_hired', { years })}</li>
        <li>{t('page.employer.subsidy_housed')}</li>
        <li>{t('page.employer.subsidy_agreed')}</li>
      </ul>
      <p class="hint">
        {t('page.employer.subsidy_source', { source: sourceInWords(page, source) })}{' '}
        <a href={href('/sources')}>{t('page.site.sources')}</a>
      </p>
    </Details>
  );
}
