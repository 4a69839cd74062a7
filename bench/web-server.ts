import 'reflect-metadata';
import type { Request, Response } from 'express';
import { mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { AccountsService } from '../src/auth/accounts.service.js';
import { DemoCodes } from '../src/auth/demo-codes.js';
import { SessionsService } from '../src/auth/sessions.service.js';
import type { Visitor } from '../src/auth/visitor.js';
import { startDemoGateway } from '../src/channels/demo-gateway.js';
import { ensureDemoAccounts } from '../src/cli/demo/accounts.js';
import { loadDemo } from '../src/cli/demo/load.js';
import { enterQuestions } from '../src/cli/demo/questions.js';
import { loadConfig } from '../src/config/config.js';
import { asSystem } from '../src/database/scope.js';
import { rows } from '../src/database/sql.js';
import { openDatabase } from '../src/open-database.js';
import { createProgram } from '../src/program.js';
import { prepareDatabase } from '../src/ready-database.js';

/** What the measuring process is told: where the pages are, and the cookies of people of the demo. */
export interface BenchSite {
  url: string;
  /** For what a measurement must see without asking the program. */
  databaseUrl: string;
  migrant: string;
  employer: string;
  officer: string;
  /** As many as `BENCH_HOUSEHOLDS` asks for: migrants, each with a household that has matches. */
  households: { householdId: string; cookie: string }[];
}

const PHONE = '+77010000001';
const OFFICER = 'officer@demo.qonys.kz';
const EMPLOYER = 'employer@demo.qonys.kz';

/**
 * The program over the demo, in a process of its own, with one handler more: `/ready?path=…` authenticates as a page does and
 * answers the bytes that the page answered when it was asked first. What the page costs beside it is reading and rendering.
 */
const home = await mkdtemp(join(tmpdir(), 'qonys-bench-web-'));
const gateway = await startDemoGateway();
const opened = await openDatabase(loadConfig({ QONYS_HOME: home, LOG_LEVEL: 'error' }));
await prepareDatabase(opened.config.databaseUrl, new Date());
const app = await createProgram('all', { ...opened.config, trustProxyHops: 1, sms: gateway.sms, smtp: gateway.smtp });

const sessions = app.get(SessionsService);
const ready = new Map<string, string>();
const express = app.getHttpAdapter().getInstance() as {
  get(path: string, handler: (q: Request, r: Response) => void): void;
  router: { stack: { name: string }[] };
};
express.get('/ready', (request, response) => {
  const path = String(request.query['path']);
  const answer = async (): Promise<void> => {
    await sessions.recognise({ cookies: request.headers.cookie ?? '' });
    let body = ready.get(path);
    if (body === undefined) {
      const cookie = request.headers.cookie;
      const asked = await fetch(`${url}${path}`, { headers: cookie === undefined ? {} : { cookie } });
      body = await asked.text();
      ready.set(path, body);
    }
    response.type('text/html; charset=utf-8').send(body);
  };
  // Who asked has gone when the bench ends; a pool that is closed meanwhile has nobody to be told.
  answer().catch(() => response.destroy());
});
// Nest has ended its routes with the answer to what none of them knows: this one goes before them, and behind what every page
// passes too: the log, the headers, the metrics and the compression.
const { stack } = express.router;
const last = stack.findIndex(({ name }) => name === 'compression');
if (last < 0) throw new Error('The program compresses nothing: /ready stands nowhere.');
stack.splice(last + 1, 0, stack.pop()!);
await app.listen(0, '127.0.0.1');
const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
const url = `http://127.0.0.1:${port}`;

await asSystem(async () => {
  await loadDemo(app, { step: () => undefined, ingest: () => undefined });
  const { password } = await ensureDemoAccounts(app, home);
  await enterQuestions(app);
  const accounts = app.get(AccountsService);
  const codes = app.get(DemoCodes);
  const visitor = (cookies = ''): Visitor => ({ address: '127.0.0.1', cookies, userAgent: 'bench', language: 'ru' });
  const cookies = (lines: string[]): string => lines.map((line) => line.split(';')[0]).join('; ');
  const signIn = async (phone: string, from: Visitor): Promise<string> => {
    const asked = await accounts.requestCode(phone, from);
    const code = codes.messages().find(({ to }) => to === phone)!.content;
    const entered = await accounts.verifyCode(code, { ...from, cookies: cookies(asked.setCookies) });
    return cookies(entered.setCookies);
  };
  const migrant = await signIn(PHONE, visitor());
  const signInEmail = async (address: string): Promise<string> => {
    const entered = await accounts.signInEmail(address, password, visitor());
    const totp = (await codes.totps()).find(({ email }) => email === address)!.code;
    return cookies((await accounts.verifyTotp(totp, visitor(cookies(entered.setCookies)))).setCookies);
  };
  const [employer, officer] = [await signInEmail(EMPLOYER), await signInEmail(OFFICER)];
  const matched = await rows<{ id: string }>(
    app.get(DataSource),
    `select h.id from household h where h.consent_matching_at is not null
       and exists (select from proposal p where p.household_id = h.id and p.status in ('waiting', 'approved'))
     order by h.id desc limit $1`,
    [Number(process.env['BENCH_HOUSEHOLDS'] ?? 0)],
  );
  const households: BenchSite['households'] = [];
  for (const [i, { id: householdId }] of matched.entries()) {
    // Each from an address of its own, for one alone would come to its limit.
    const cookie = await signIn(`+7702${String(7_000_000 + i)}`, { ...visitor(), address: `10.0.0.${i + 1}` });
    const account = await sessions.recognise({ cookies: cookie });
    await accounts.linkHousehold(account!.actor.id, householdId);
    households.push({ householdId, cookie });
  }
  const site: BenchSite = { url, databaseUrl: opened.config.databaseUrl, migrant, employer, officer, households };
  process.send!(site);
});

process.on('disconnect', () => {
  void (async () => {
    await app.close();
    await gateway.close();
    await opened.close();
    process.exit(0);
  })();
});
