import type { ComponentChildren, VNode } from 'preact';
import type { QueueLine } from '../../centres/queue-view.service.js';
import type { QuotaInSight } from '../../centres/quota-check.js';
import { timeInKazakhstan } from '../../shared/clock.js';
import { InventedTag, Tag } from '../site/blocks.js';
import { AskForm, Button, Select } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import { Unverified } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import type { PlaceNames } from '../site/place-names.js';

/** Names in the reader's language. */
export interface Names {
  region(code: string): string;
  place(kato: string): string;
  ofVacancy(vacancy: Parameters<PlaceNames['ofVacancy']>[1]): string;
  occupation(isco: string): string;
}

/** Which region a page is of. `chosen`: the reader chose it, so that links must carry it on. */
export interface Region {
  code: string;
  name: string;
  chosen: boolean;
}

/** A path of the desk with the region that an administrator looks at. */
export function inRegion(region: Region, path: string, query: Record<string, string | undefined> = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, value);
  if (region.chosen) asked.set('region', region.code);
  return asked.size === 0 ? path : `${path}?${asked.toString()}`;
}

/** What a line says of a case; a whole view of one says it too. */
export type CaseLine = Omit<QueueLine, 'toCheck'>;

/** A case in one line: how many, which professions, from where to where, how good. */
export function caseInOneLine({ t, number }: PageContext, names: Names, view: CaseLine): string {
  return t('page.centre.case_line', {
    persons: view.persons,
    professions: view.adults
      .filter(({ seeksWork }) => seeksWork)
      .map(({ isco }) => names.occupation(isco))
      .join(' + '),
    from: names.region(view.household.homeRegionCode),
    to: names.place(view.districtKato),
    score: number(Math.round(view.score)),
  });
}

/** Day and time in Kazakhstan. */
export function moment({ day }: PageContext, at: Date): string {
  return `${day(at)}, ${timeInKazakhstan(at)}`;
}

export type Holder = 'me' | 'another' | null;

/** Whose hands a case is in; a claim that has run out is nobody's. */
export function holderOf(view: CaseLine, actorId: string, now: Date): Holder {
  if (view.status !== 'claimed' || view.claimedUntil === null || view.claimedUntil <= now) return null;
  return view.claimedBy === actorId ? 'me' : 'another';
}

/** State, due date and holder of a case as tags. */
export function CaseTags({ page, view, holder }: { page: PageContext; view: CaseLine; holder: Holder }): VNode {
  const { t, day } = page;
  const open = ['waiting', 'claimed', 'returned'].includes(view.status);
  return (
    <span class="tags">
      {view.status === 'waiting' || (view.status === 'claimed' && holder === null) ? null : (
        <Tag kind={view.status === 'approved' ? 'good' : 'plain'}>
          {holder === 'another'
            ? t('page.centre.held_by', {
                who: view.claimedByLabel ?? t('page.centre.colleague'),
                until: timeInKazakhstan(view.claimedUntil!),
              })
            : holder === 'me'
              ? t('page.centre.held_by_me', { until: timeInKazakhstan(view.claimedUntil!) })
              : t(`page.centre.status_${view.status}`)}
        </Tag>
      )}
      {open ? (
        <Tag kind={view.overdue ? 'bad' : 'plain'}>
          {t(view.overdue ? 'page.centre.overdue_since' : 'page.centre.due', { day: day(view.dueOn) })}
        </Tag>
      ) : null}
      {view.secondChance === null ? null : <Tag kind="warn">{t('page.follow_ups.second_chance')}</Tag>}
      <InventedTag page={page} synthetic={view.synthetic} />
      {view.answered ? <Tag kind="good">{t('page.centre.answered')}</Tag> : null}
    </span>
  );
}

/** The quota left, in sight on every page where something is decided. */
export function QuotaLine({ page, quota }: { page: PageContext; quota: QuotaInSight }): VNode {
  const { t } = page;
  const { left, persons, year, verified } = quota;
  return (
    <p class={left !== null && left < 0 ? 'quota over' : 'quota'}>
      {persons === null
        ? t('page.centre.quota_none', { year })
        : t(left! < 0 ? 'page.centre.quota_over' : 'page.centre.quota_left', { left: Math.abs(left!), persons, year })}
      {verified ? null : ' '}
      <Unverified page={page} verified={verified} />
    </p>
  );
}

/** What was just done: read first by a screen reader, because the script moves the focus to it. */
export function StatusLine({ children }: { children: ComponentChildren }): VNode {
  return (
    <div class="notice good" role="status" tabIndex={-1} data-focus>
      {children}
    </div>
  );
}

/** An administrator has no region of their own and chooses one first. */
export function RegionChoicePage({
  page,
  regions,
  title,
  children,
}: {
  page: PageContext;
  regions: readonly { code: string; name: string }[];
  title: string;
  /** What waits where. */
  children?: ComponentChildren;
}): VNode {
  const { t } = page;
  return (
    <Layout page={page} title={title}>
      <h1>{title}</h1>
      {children}
      <AskForm page={page} action={page.path}>
        <Select
          state={{ page, typed: {}, problems: [] }}
          name="region"
          label={t('page.centre.choose_region')}
          choices={regions.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <div class="actions">
          <Button>{t('page.site.continue')}</Button>
        </div>
      </AskForm>
    </Layout>
  );
}

/** The keys of reasons in their order: 1 to 9, then 0. */
export const reasonKey = (index: number): string => String((index + 1) % 10);

/** A button with the key that presses it; the key is shown only where the script has switched keys on. */
export function KeyButton({
  shortcut,
  kind = 'quiet',
  name,
  value,
  children,
}: {
  shortcut: string;
  kind?: 'main' | 'quiet' | 'danger' | 'reason';
  name?: string;
  value?: string;
  children: ComponentChildren;
}): VNode {
  return (
    <button
      type="submit"
      class={`button ${kind}`}
      name={name}
      value={value}
      data-key={shortcut}
      aria-keyshortcuts={shortcut}
    >
      <kbd aria-hidden="true">{shortcut}</kbd>
      <span>{children}</span>
    </button>
  );
}

/** What the keys do, and the switch that turns them off. Opened by `?`; without script it does not exist. */
export function KeyHelp({
  page: { t },
  keys = CASE_KEYS.map((key) => ({ key, words: t(`page.centre.key_${KEY_WORDS[key]}`) })),
}: {
  page: PageContext;
  /** Those of a case in the review queue, unless the page has others. */
  keys?: readonly { key: string; words: string }[];
}): VNode {
  return (
    <>
      <p class="keys-switch" hidden data-keys>
        <button type="button" class="button quiet" data-keys-help>
          <kbd aria-hidden="true">?</kbd>
          <span>{t('page.centre.keys_help')}</span>
        </button>
        <button type="button" class="button quiet" aria-pressed="true" data-keys-toggle>
          {t('page.centre.keys_toggle')}
        </button>
      </p>
      <dialog class="keys-dialog" aria-labelledby="keys-title" data-keys-dialog>
        <h2 id="keys-title">{t('page.centre.keys_title')}</h2>
        <dl>
          {keys.map(({ key, words }) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <p class="hint">{t('page.centre.keys_note')}</p>
        <form method="dialog">
          <button class="button">{t('page.centre.keys_close')}</button>
        </form>
      </dialog>
    </>
  );
}

const CASE_KEYS = ['j', 'k', 'a', 'c', 'l', 'r', 'f', 'x', '0–9', 'u', '?'] as const;
const KEY_WORDS = {
  j: 'next',
  k: 'previous',
  a: 'approve',
  c: 'claim',
  l: 'release',
  r: 'return',
  f: 'refer',
  x: 'reject',
  '0–9': 'reason',
  u: 'queue',
  '?': 'help',
} as const;
