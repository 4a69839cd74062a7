import type { VNode } from 'preact';
import type { OwnMatch, OwnMatches } from '../../applications/own-matches.service.js';
import type { HouseholdView } from '../../households/household-view.js';
import type { WishOffer } from '../../matching/dismissal-wishes.service.js';
import type { UnlockedRouteOf } from '../../matching/retraining.service.js';
import { Details, Notice } from '../site/blocks.js';
import { Button, Form } from '../site/fields.js';
import type { Typed } from '../site/form.js';
import { Layout } from '../site/layout.js';
import { ScoreLine } from '../site/match-blocks.js';
import { MoneyLine } from '../site/money-blocks.js';
import type { PageContext } from '../site/page-context.js';
import { ShortCourses } from '../site/short-courses.js';
import { HindranceWords } from './hindrance.js';
import {
  Distance,
  MatchJobs,
  type MatchNames,
  type MatchProps,
  MatchStatus,
  MatchTitle,
  Staying,
  StayingWarning,
  isTakenUp,
  nameOf,
  statusCode,
} from './match-card.js';
import { Obstacles } from './obstacles.js';

/** Before a household is registered: the way to it, with the quick question's answers where there are some. */
export function BeginPage({ page, question, begun }: { page: PageContext; question: Typed; begun: boolean }): VNode {
  const { t, href } = page;
  const asked = Object.entries(question).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ name, value }] : [],
  );
  return (
    <Layout page={page} title={t('page.my.begin_title')}>
      <h1>{t('page.my.begin_title')}</h1>
      <p class="lead">{t('page.my.begin_lead')}</p>
      {asked.length > 0 && !begun ? (
        <Form page={page} action="/my/household/take-over">
          <p>{t('page.my.take_over_lead')}</p>
          {asked.map(({ name, value }) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div class="actions">
            <Button>{t('page.my.take_over')}</Button>
          </div>
        </Form>
      ) : (
        <p class="actions">
          <a class="button" href={href('/my/household')}>
            {t(begun ? 'page.my.go_on' : 'page.my.begin')}
          </a>
        </p>
      )}
    </Layout>
  );
}

/** What the reader has done just now. */
export const MATCHES_DONE = ['dismissed', 'wished'] as const;

type Offers = ReadonlyMap<string, WishOffer>;

/** Every match that stands, as cards. */
export function MatchesPage({
  page,
  found,
  courses,
  sides,
  offers,
  names,
  registered,
  done,
}: {
  page: PageContext;
  found: OwnMatches;
  /** By the dismissal's id. */
  offers: Offers;
  done: (typeof MATCHES_DONE)[number] | null;
  courses: readonly UnlockedRouteOf[];
  /** North and south for each adult who looks for work, in a sentence. */
  sides: readonly { adult: HouseholdView['adults'][number]; text: string }[];
  names: MatchNames;
  registered: boolean;
}): VNode {
  const { t, href } = page;
  const { household, matches, past, dismissals, hindrances, obstacles } = found;
  const moved = matches.some(({ match }) => isTakenUp(match));
  return (
    <Layout page={page} title={t('page.nav.my_matches')}>
      <h1>{t('page.nav.my_matches')}</h1>
      {registered && hindrances.length === 0 ? <Notice kind="good">{t('page.my.registered')}</Notice> : null}
      {done === 'wished' ? (
        <Notice kind="good">
          {t('page.my.wish_kept')} <a href={href('/my/household')}>{t('page.my.change_household')}</a>
        </Notice>
      ) : null}
      {done === 'dismissed' ? <JustDismissed page={page} found={found} offers={offers} names={names} /> : null}
      {hindrances.length === 0 ? null : (
        <Notice kind="warn" title={t('page.my.hindered')}>
          <ul>
            {hindrances.map((code) => (
              <li key={code}>
                <HindranceWords page={page} code={code} listVerified={found.listVerified} />
              </li>
            ))}
          </ul>
          <p>
            <a href={href('/my/household')}>{t('page.my.change_household')}</a>
          </p>
        </Notice>
      )}
      {matches.length === 0 && hindrances.length === 0 ? (
        <>
          <p class="lead">{t('page.my.none_yet')}</p>
          <p>{t('page.my.none_hint')}</p>
          <Obstacles page={page} household={household} obstacles={obstacles} names={names} />
        </>
      ) : null}
      {sides.map(({ adult, text }) => (
        <p key={adult.id}>
          <strong>{nameOf(adult, names)}</strong>. {text}
        </p>
      ))}
      <ol class="plain">
        {matches.map((own) => (
          <li key={own.match.id} class="card">
            <Card page={page} household={household} own={own} names={names} moved={moved} />
          </li>
        ))}
      </ol>
      {hindrances.length > 0 ? null : (
        <p>
          <a href={href('/my/changes')}>{t('page.changes.title')}</a>
        </p>
      )}
      <ShortCourses page={page} routes={courses} adults={household.adults.length} names={names} />
      {past.length === 0 ? null : <Past page={page} past={past} names={names} />}
      {dismissals.length === 0 ? null : <Dismissed page={page} found={found} offers={offers} names={names} />}
    </Layout>
  );
}

/** `moved`: the household lives there already, so that staying and the way from home are no question any more. */
function Card({ moved, ...props }: MatchProps & { moved: boolean }): VNode {
  const { page, own } = props;
  const { t, href } = page;
  const { match, interests } = own;
  const toDecide = !isTakenUp(match);
  return (
    <article>
      <h2>
        <MatchTitle {...props} />
      </h2>
      <MatchStatus {...props} />
      <ScoreLine page={page} score={match.score} />
      {moved ? null : <Distance {...props} />}
      <MoneyLine page={page} money={match.support} />
      {moved ? null : <StayingWarning page={page} own={own} />}
      <MatchJobs {...props} />
      {moved ? null : (
        <Details summary={t('page.my.staying')}>
          <Staying {...props} />
        </Details>
      )}
      {toDecide && interests.size > 0 ? <Notice kind="good">{t('page.my.interest_stands')}</Notice> : null}
      <p class="actions">
        <a
          class={toDecide && match.status === 'approved' ? 'button' : 'button quiet'}
          href={href(`/my/matches/${match.id}`)}
        >
          {t(toDecide && match.status === 'approved' && interests.size === 0 ? 'page.my.to_interest' : 'page.my.open')}
        </a>
        {toDecide ? <a href={href(`/my/matches/${match.id}/dismiss`)}>{t('page.my.dismiss')}</a> : null}
      </p>
    </article>
  );
}

function Past({ page, past, names }: { page: PageContext; past: readonly OwnMatch[]; names: MatchNames }): VNode {
  const { t } = page;
  return (
    <Details summary={t('page.my.past')}>
      <ul>
        {past.map(({ match, decision }) => (
          <li key={match.id}>
            {names.place(match.districtKato)}, {names.region(match.regionCode)}: {t(statusCode(match))}
            {decision === null ? null : ` – ${t(`reason.${decision.reason}`)}`}
          </li>
        ))}
      </ul>
    </Details>
  );
}

interface DismissedProps {
  page: PageContext;
  found: OwnMatches;
  offers: Offers;
  names: MatchNames;
}

/** The latest dismissal, and the wish that it speaks of, to be said in one press. */
function JustDismissed(props: DismissedProps): VNode {
  const [latest] = props.found.dismissals;
  return (
    <Notice kind="good">
      <p>{props.page.t('page.my.dismissed_now')}</p>
      {latest === undefined ? null : <Offer {...props} id={latest.id} />}
    </Notice>
  );
}

function Offer({ page, found: { household }, offers, names, id }: DismissedProps & { id: string }): VNode | null {
  const { t, tenge } = page;
  const offer = offers.get(id);
  if (offer === undefined) return null;
  const adult = offer.wish === 'pay' ? household.adults.find(({ position }) => position === offer.position) : undefined;
  const values = {
    amount: offer.wish === 'pay' ? tenge(offer.minimumPayTenge) : '',
    region: offer.wish === 'region' ? names.region(offer.regionCode) : '',
  };
  return (
    <>
      <p>
        {adult === undefined || household.adults.length === 1 ? null : <strong>{nameOf(adult, names)}. </strong>}
        {t(`page.my.wish_${offer.wish}`, values)}
      </p>
      <Form page={page} action={`/my/dismissals/${id}/wish`}>
        <Button kind="quiet">{t(`page.my.wish_${offer.wish}_yes`, values)}</Button>
      </Form>
    </>
  );
}

function Dismissed(props: DismissedProps): VNode {
  const { page, found, names } = props;
  const { t } = page;
  return (
    <section aria-labelledby="dismissed">
      <h2 id="dismissed">{t('page.my.dismissed')}</h2>
      <ul class="plain">
        {found.dismissals.map(({ id, scope, vacancyTitle, districtKato, regionCode, reason }) => (
          <li key={id} class="card">
            <p>
              {t(`page.my.scope_${scope}`)}:{' '}
              <strong>
                {vacancyTitle ??
                  (districtKato && names.place(districtKato)) ??
                  (regionCode && names.region(regionCode))}
              </strong>{' '}
              – {t(`page.my.reason_${reason}`)}
            </p>
            <Offer {...props} id={id} />
            <Form page={page} action={`/my/dismissals/${id}/undo`}>
              <Button kind="quiet">{t('page.my.undo')}</Button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
