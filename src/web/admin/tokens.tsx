import type { VNode } from 'preact';
import type { TokenSummary } from '../../auth/token.service.js';
import { TOKEN_ROLES } from '../../shared/access.js';
import type { Page } from '../../shared/page.js';
import { Facts, NextPage, Notice, Tag } from '../site/blocks.js';
import { Button, Choices, ErrorSummary, Form, type FormState, Select, TextField } from '../site/fields.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';

interface TokensProps extends FormState {
  tokens: Page<TokenSummary>;
  cursor: string | undefined;
  regions: readonly { code: string; name: string }[];
  now: Date;
  revoked: boolean;
  /** A token that was just made: shown this once. */
  made: string | null;
}

export function TokensPage({ tokens, cursor, regions, now, revoked, made, ...state }: TokensProps): VNode {
  const { page, problems } = state;
  const { t } = page;
  return (
    <Layout page={page} title={t('page.nav.tokens')} hasErrors={problems.length > 0}>
      <ErrorSummary state={state} />
      {revoked ? (
        <Notice kind="good">
          <p>{t('page.tokens.done_revoked')}</p>
        </Notice>
      ) : null}
      {made === null ? null : (
        <Notice kind="good" title={t('page.tokens.shown_title')}>
          <p>{t('page.tokens.shown')}</p>
          <p>
            <code class="secret">{made}</code>
          </p>
        </Notice>
      )}
      <h1>{t('page.nav.tokens')}</h1>
      <p>{t('page.tokens.lead')}</p>
      <ul class="plain">
        {tokens.items.map((token) => (
          <li key={token.id} class="card">
            <TokenCard page={page} token={token} now={now} regions={regions} />
          </li>
        ))}
      </ul>
      <NextPage
        page={page}
        path="/admin/tokens"
        query={new URLSearchParams(cursor === undefined ? {} : { cursor })}
        cursor={tokens.nextCursor}
      />
      <NewToken state={state} regions={regions} />
    </Layout>
  );
}

function TokenCard({
  page,
  token,
  now,
  regions,
}: { page: PageContext; token: TokenSummary } & Pick<TokensProps, 'now' | 'regions'>): VNode {
  const { t, day } = page;
  const { id, label, role, regionCode, createdAt, expiresAt, revokedAt, lastUsedAt } = token;
  const isOver = expiresAt !== null && expiresAt <= now;
  return (
    <>
      <h2>{label}</h2>
      <p>
        {revokedAt !== null ? (
          <Tag kind="bad">{t('page.tokens.revoked_on', { day: day(revokedAt) })}</Tag>
        ) : isOver ? (
          <Tag kind="warn">{t('page.tokens.ended_on', { day: day(expiresAt) })}</Tag>
        ) : (
          <Tag kind="good">
            {t('page.tokens.valid')}
            {expiresAt === null ? '' : ` ${t('page.tokens.until', { day: day(expiresAt) })}`}
          </Tag>
        )}
      </p>
      <Facts
        items={[
          { name: t('page.admin.role'), value: t(`role.${role}`) },
          { name: t('page.admin.region'), value: regions.find(({ code }) => code === regionCode)?.name ?? null },
          { name: t('page.admin.since'), value: day(createdAt) },
          { name: t('page.tokens.last_used'), value: lastUsedAt === null ? t('page.tokens.never') : day(lastUsedAt) },
        ]}
      />
      {revokedAt === null && !isOver ? (
        <Form page={page} action={`/admin/tokens/${id}/revoke`}>
          <Button kind="danger">
            {t('page.tokens.revoke')}
            <span class="hidden">: {label}</span>
          </Button>
        </Form>
      ) : null}
    </>
  );
}

function NewToken({ state, regions }: { state: FormState } & Pick<TokensProps, 'regions'>): VNode {
  const { page } = state;
  const { t } = page;
  return (
    <section aria-labelledby="make">
      <h2 id="make">{t('page.tokens.make_title')}</h2>
      <Form page={page} action="/admin/tokens">
        <TextField
          state={state}
          name="label"
          label={t('page.tokens.label')}
          hint={t('page.tokens.label_hint')}
          maxLength={120}
          required
        />
        <Choices
          state={state}
          name="role"
          kind="radio"
          label={t('page.admin.role')}
          choices={TOKEN_ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
        <Select
          state={state}
          name="regionCode"
          label={t('page.admin.region')}
          hint={t('page.admin.region_hint')}
          empty={t('page.admin.region_none')}
          choices={regions.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <TextField
          state={state}
          name="bin"
          label={t('page.tokens.bin')}
          inputMode="numeric"
          width={20}
          maxLength={20}
        />
        <TextField state={state} name="expiresOn" type="date" label={t('page.tokens.expires')} width={12} />
        <div class="actions">
          <Button>{t('page.tokens.make')}</Button>
        </div>
      </Form>
    </section>
  );
}
