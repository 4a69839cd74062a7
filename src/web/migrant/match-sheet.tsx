import type { VNode } from 'preact';
import { BackLink } from '../site/blocks.js';
import { Layout } from '../site/layout.js';
import { Reasons, ScoreLine } from '../site/match-blocks.js';
import { MoneyLine } from '../site/money-blocks.js';
import { Distance, MatchJobs, MatchStatus, StayingBlock, householdReasons } from './match-card.js';
import type { MatchPageProps } from './match-page.js';

/** One match on a sheet of A4. */
export function MatchSheet(props: MatchPageProps): VNode {
  const { page, own, names } = props;
  const { t, href, day } = page;
  const { match } = own;
  const title = `${names.place(match.districtKato)}, ${names.region(match.regionCode)}`;
  return (
    <Layout page={page} title={title}>
      <BackLink page={page} path={`/my/matches/${match.id}`} />
      <h1>{title}</h1>
      <p class="actions">
        <button type="button" class="button" hidden data-print>
          {t('page.site.print')}
        </button>
      </p>
      <MatchStatus {...props} />
      <ScoreLine page={page} score={match.score} />
      {props.moved ? null : <Distance {...props} />}
      <h2>{t('page.my.jobs')}</h2>
      <MatchJobs {...props} open />
      {householdReasons(props).length === 0 ? null : (
        <>
          <h2>{t('page.my.whole')}</h2>
          <Reasons page={page} parts={householdReasons(props)} />
        </>
      )}
      <h2>{t('page.money.title')}</h2>
      <MoneyLine page={page} money={match.support} />
      <p class="on-screen">
        <a href={href(`/my/matches/${match.id}/sheet`)}>{t('page.money.sheet_link')}</a>
      </p>
      {props.moved ? null : <StayingBlock {...props} />}
      <p class="soft">{t('page.my.as_of', { day: day(match.updatedAt) })}</p>
    </Layout>
  );
}
