import type { VNode } from 'preact';
import type { MatchRun } from '../../matching/match-run.entity.js';
import { reach } from '../../shared/permissions.js';
import type { IngestRunRow } from '../../vacancies/ingest-run.queries.js';
import { Facts, Notice, Tag } from '../site/blocks.js';
import { Button, Form } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';

interface RunsProps {
  page: PageContext;
  ingests: readonly IngestRunRow[];
  matches: readonly MatchRunInSight[];
  asked: boolean;
}

/** A run, and while workers compute it in parts, how many of these are done. */
export type MatchRunInSight = MatchRun & { parts: { done: number; all: number } | null };

/** What the program read and matched lately, and what went wrong with it. */
export function RunsPage({ page, ingests, matches, asked }: RunsProps): VNode {
  const { t, actor } = page;
  const mayStart = actor !== undefined && reach(actor, 'match_runs.start') !== 'none';
  return (
    <Layout page={page} title={t('page.nav.runs')}>
      {asked ? (
        <Notice kind="good">
          <p>{t('page.runs.done_asked')}</p>
        </Notice>
      ) : null}
      <h1>{t('page.nav.runs')}</h1>
      <section aria-labelledby="matches">
        <h2 id="matches">{t('page.runs.match')}</h2>
        {mayStart ? (
          <Form page={page} action="/admin/runs/match">
            <Button kind="quiet">{t('page.runs.ask')}</Button>
          </Form>
        ) : null}
        {matches.length === 0 ? <p>{t('page.runs.none')}</p> : null}
        <ul class="plain">
          {matches.map((run) => (
            <li key={run.id} class="card">
              <OfMatching page={page} run={run} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="ingests">
        <h2 id="ingests">{t('page.runs.ingest')}</h2>
        {ingests.length === 0 ? <p>{t('page.runs.none')}</p> : null}
        <ul class="plain">
          {ingests.map((run) => (
            <li key={run.id} class="card">
              <OfIngest page={page} run={run} />
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}

const KIND = {
  queued: 'plain',
  running: 'plain',
  applied: 'good',
  refused: 'bad',
  failed: 'bad',
  superseded: 'plain',
} as const;
type State = keyof typeof KIND;

function Head({ page, state, startedAt }: { page: PageContext; state: State; startedAt: Date }): VNode {
  const at = new Intl.DateTimeFormat(page.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Almaty',
  });
  return (
    <h3>
      <time dateTime={startedAt.toISOString()}>{at.format(startedAt)}</time>{' '}
      <Tag kind={KIND[state]}>{page.t(`page.runs.${state}`)}</Tag>
    </h3>
  );
}

function took({ t }: PageContext, startedAt: Date, finishedAt: Date | null): string | null {
  if (finishedAt === null) return null;
  return t('page.runs.seconds', { seconds: Math.round((finishedAt.getTime() - startedAt.getTime()) / 1_000) });
}

function OfMatching({ page, run }: { page: PageContext; run: MatchRunInSight }): VNode {
  const { t, number } = page;
  const state = run.status === 'done' ? 'applied' : run.status;
  return (
    <>
      <Head page={page} state={state} startedAt={run.startedAt} />
      <Facts
        items={[
          { name: t('page.runs.took'), value: took(page, run.startedAt, run.finishedAt) },
          { name: t('page.runs.parts'), value: run.parts && t('page.runs.parts_done', run.parts) },
          { name: t('page.runs.households'), value: number(run.households) },
          { name: t('page.runs.vacancies'), value: number(run.vacancies) },
          { name: t('page.runs.pairs'), value: number(Number(run.pairsScored)) },
          { name: t('page.runs.made'), value: number(run.proposalsMade) },
          { name: t('page.runs.withdrawn'), value: number(run.proposalsWithdrawn) },
        ]}
      />
    </>
  );
}

function OfIngest({ page, run }: { page: PageContext; run: IngestRunRow }): VNode {
  const { t, number } = page;
  return (
    <>
      <Head page={page} state={run.status} startedAt={run.startedAt} />
      <p>
        {run.firm ?? run.source} · {run.origin}
      </p>
      {run.errorCode === null ? null : (
        <Notice kind="bad">
          <p>{t(run.errorCode, run.errorParams ?? {})}</p>
        </Notice>
      )}
      <Facts
        items={[
          { name: t('page.runs.took'), value: took(page, run.startedAt, run.finishedAt) },
          ...(['read', 'inserted', 'updated', 'closed', 'rejected'] as const).map((name) => ({
            name: t(`page.runs.${name}`),
            value: number(run[name]),
          })),
        ]}
      />
    </>
  );
}
