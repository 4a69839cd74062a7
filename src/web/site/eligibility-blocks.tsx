import type { VNode } from 'preact';
import type { Eligibility, EligibilityState } from '../../programme/eligibility.js';
import { Tag } from './blocks.js';
import { Unverified } from './money-blocks.js';
import type { PageContext } from './page-context.js';
import { sourceInWords } from './source-name.js';

const KIND = { met: 'good', missing: 'bad', unknown: 'warn' } as const satisfies Record<EligibilityState, string>;

/** What the programme asks for and how it stands. */
export function RuleList({ page, eligibility }: { page: PageContext; eligibility: Eligibility }): VNode {
  const { t } = page;
  return (
    <ul class="plain rules">
      {eligibility.rules.map(({ code, state, by, verified, source }) => (
        <li key={code} title={sourceInWords(page, source)}>
          <Tag kind={KIND[state]}>{t(`programme.state.${state}`)}</Tag> {t(`programme.rule.${code}`)}
          {by === null ? null : <span class="soft"> ({t(`programme.by.${by}`)})</span>}{' '}
          <Unverified page={page} verified={verified} />
        </li>
      ))}
    </ul>
  );
}

/** What to bring, to be ticked off on paper. */
export function PaperList({ page, eligibility }: { page: PageContext; eligibility: Eligibility }): VNode {
  const { t } = page;
  return (
    <ul class="plain rules">
      {eligibility.papers.map(({ code, for: use, when, verified, source }) => (
        <li key={code} title={sourceInWords(page, source)}>
          <span aria-hidden="true">☐</span> {t(`programme.paper.${code}`)}
          {when === null ? null : `, ${t(`programme.paper_when.${when}`)}`}
          <span class="soft"> ({t(`programme.paper_for.${use}`)})</span> <Unverified page={page} verified={verified} />
        </li>
      ))}
    </ul>
  );
}

/** Where an application is taken; `region` by name. */
export function PlaceList({
  page,
  eligibility,
  region,
}: {
  page: PageContext;
  eligibility: Eligibility;
  region: string;
}): VNode {
  const { t } = page;
  return (
    <ul class="plain rules">
      {eligibility.places.map(({ code, url, forwardsInWorkingDays: days, verified, source }) => {
        const name = t(`programme.place.${code}`, { region });
        return (
          <li key={code} title={sourceInWords(page, source)}>
            {url === null ? name : <a href={url}>{name}</a>}
            {days === undefined ? null : ` – ${t('programme.place_forwards', { days })}`}{' '}
            <Unverified page={page} verified={verified} />
          </li>
        );
      })}
    </ul>
  );
}
