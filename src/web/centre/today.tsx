import type { VNode } from 'preact';
import type { RuleTerms } from '../../centres/auto-approve.js';
import type { CentreSummary } from '../../centres/review-summary.service.js';
import type { DeskCounts } from '../../questions/questions.queries.js';
import { SECTORS } from '../../reference/sectors.js';
import { Details, Facts, Notice } from '../site/blocks.js';
import { Button, Checkbox, Choices, ErrorSummary, Form, type FormState, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { QuotaLine, type Region, StatusLine, inRegion } from './blocks.js';

export const TODAY_DONE = ['pause', 'resume', 'rule'] as const;

export interface TodayProps {
  page: PageContext;
  region: Region;
  summary: CentreSummary;
  /** Questions that wait for this centre, and those whose day has passed. */
  questions: DeskCounts;
  rule: RuleTerms & { createdAt: Date | null };
  mayPause: boolean;
  mayRule: boolean;
  /** The form of the rule: as it stands, or as it was typed. */
  ruleForm: FormState;
  done: (typeof TODAY_DONE)[number] | null;
}

export function TodayPage(props: TodayProps): VNode {
  const { page, region, summary, questions, done, ruleForm } = props;
  const { t, number, day } = page;
  const { numbers, queue, waits } = summary;
  const days = (value: number | null): string =>
    value === null
      ? t('page.centre.nothing_to_count')
      : t('page.centre.days', { days: number(value, { maximumFractionDigits: 1 }) });
  return (
    <Layout page={page} title={t('page.centre.today_title')} wide hasErrors={ruleForm.problems.length > 0}>
      <ErrorSummary state={ruleForm} />
      <h1>
        {t('page.centre.today_title')}: {region.name}
      </h1>
      {done === null ? null : <StatusLine>{t(`page.centre.done_${done}`)}</StatusLine>}
      <p class="soft">{day(summary.today)}</p>
      <QuotaLine page={page} quota={summary.quota} />
      <div class="columns three numbers">
        <section class="card" aria-labelledby="decided">
          <h2 id="decided">{t('page.centre.decided_today')}</h2>
          <Facts
            items={[
              { name: t('page.centre.status_approved'), value: number(numbers.approved) },
              { name: t('page.centre.by_rule'), value: number(numbers.byRule) },
              { name: t('page.centre.status_returned'), value: number(numbers.returned) },
              { name: t('page.centre.status_referred'), value: number(numbers.referred) },
              { name: t('page.centre.status_rejected'), value: number(numbers.rejected) },
              { name: t('page.centre.status_withdrawn'), value: number(numbers.withdrawn) },
              { name: t('page.centre.median_decided'), value: days(waits.decidedDays) },
            ]}
          />
        </section>
        <section class="card" aria-labelledby="waiting">
          <h2 id="waiting">{t('page.centre.now_waiting')}</h2>
          <Facts
            items={[
              { name: t('page.centre.status_waiting'), value: number(queue.waiting) },
              { name: t('page.centre.list_overdue'), value: number(queue.overdue) },
              { name: t('page.centre.status_claimed'), value: number(queue.claimed) },
              { name: t('page.centre.status_returned'), value: number(queue.returned) },
              { name: t('page.centre.median_waiting'), value: days(waits.waitingDays) },
              {
                name: t('page.questions.today_overdue'),
                value: (
                  <a href={page.href(inRegion(region, '/centre/questions', { list: 'overdue' }))}>
                    {t('page.questions.today_counts', { overdue: questions.overdue, open: questions.open })}
                  </a>
                ),
              },
            ]}
          />
        </section>
        <Notices {...props} />
      </div>
      <Rule {...props} />
    </Layout>
  );
}

function Notices({ page, region, summary: { notices }, mayPause }: TodayProps): VNode {
  const { t, number } = page;
  const { receipts } = notices;
  return (
    <section class="card" aria-labelledby="notices">
      <h2 id="notices">{t('page.centre.notices')}</h2>
      {notices.paused ? (
        <Notice kind="warn">
          <p>{t('page.centre.notices_paused')}</p>
        </Notice>
      ) : null}
      <Facts
        items={[
          { name: t('page.centre.notices_sent'), value: number(receipts.sent) },
          { name: t('page.centre.notices_waiting'), value: number(notices.waiting) },
          { name: t('page.centre.notices_failed'), value: number(receipts.failed) },
          { name: t('page.centre.notices_suppressed'), value: number(receipts.suppressed) },
          { name: t('page.centre.notices_in_doubt'), value: number(receipts.inDoubt) },
          { name: t('page.centre.notices_unreached_failed'), value: number(notices.unreached.failed) },
          { name: t('page.centre.notices_unreached_unread'), value: number(notices.unreached.unread) },
        ]}
      />
      {mayPause ? (
        <Form page={page} action={`/centre/today/${notices.paused ? 'resume' : 'pause'}`}>
          {region.chosen ? <input type="hidden" name="region" value={region.code} /> : null}
          <p class="hint">{t('page.centre.pause_hint')}</p>
          <Button kind={notices.paused ? 'main' : 'danger'}>
            {t(notices.paused ? 'page.centre.resume' : 'page.centre.pause')}
          </Button>
        </Form>
      ) : null}
    </section>
  );
}

function Rule({ page, region, rule, mayRule, ruleForm }: TodayProps): VNode {
  const { t, number, day } = page;
  return (
    <section aria-labelledby="rule">
      <h2 id="rule">{t('page.centre.rule_title')}</h2>
      <p>{t(rule.enabled ? 'page.centre.rule_on' : 'page.centre.rule_off')}</p>
      {rule.enabled ? (
        <Facts
          items={[
            { name: t('page.centre.rule_score'), value: number(rule.minScore) },
            {
              name: t('page.centre.rule_sectors'),
              value:
                rule.sectors.length === 0
                  ? t('page.centre.rule_any_sector')
                  : rule.sectors.map((sector) => t(`sector.${sector}`)).join(', '),
            },
            { name: t('page.centre.rule_housing'), value: t(rule.housingRequired ? 'page.site.yes' : 'page.site.no') },
            { name: t('page.centre.rule_adults'), value: t(rule.allAdultsPlaced ? 'page.site.yes' : 'page.site.no') },
            { name: t('page.centre.rule_since'), value: rule.createdAt && day(rule.createdAt) },
          ]}
        />
      ) : null}
      <p class="hint">{t('page.centre.rule_hint')}</p>
      {mayRule ? (
        <Details summary={t('page.centre.rule_change')} open={ruleForm.problems.length > 0}>
          <Form page={page} action="/centre/today/rule">
            {region.chosen ? <input type="hidden" name="region" value={region.code} /> : null}
            <Checkbox state={ruleForm} name="enabled" label={t('page.centre.rule_enabled')} />
            <TextField
              state={ruleForm}
              name="minScore"
              label={t('page.centre.rule_score')}
              inputMode="decimal"
              width={6}
              maxLength={7}
            />
            <Checkbox state={ruleForm} name="housingRequired" label={t('page.centre.rule_housing')} />
            <Checkbox state={ruleForm} name="allAdultsPlaced" label={t('page.centre.rule_adults')} />
            <Choices
              state={ruleForm}
              name="sectors"
              kind="checkbox"
              inline
              label={t('page.centre.rule_sectors')}
              hint={t('page.centre.rule_sectors_hint')}
              choices={SECTORS.map((sector) => ({ value: sector, label: t(`sector.${sector}`) }))}
            />
            <div class="actions">
              <Button>{t('page.site.save')}</Button>
            </div>
          </Form>
        </Details>
      ) : (
        <p class="hint">{t('page.centre.rule_supervisor')}</p>
      )}
    </section>
  );
}
