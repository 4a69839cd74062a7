import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { BrowserContext, Page } from 'playwright-core';
import { shareToken } from '../../src/applications/share-token.js';
import { findRunningEmbedded } from '../../src/database/embedded/embedded-postgres.js';
import { type RunningProgram, buildProgram, childrenOf, startNpm } from './program.js';

export type Desk =
  'migrant' | 'applicant' | 'settler' | 'employer' | 'officer' | 'supervisor' | 'analyst' | 'administrator';

/** The demo's people who move: with a match to answer, with an application on its way, arrived. */
const PHONES: Partial<Record<Desk, string>> = {
  migrant: '+77010000001',
  applicant: '+77010000002',
  settler: '+77010000003',
};

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** The demo as `npm start` runs it, with the sign-ins of its desks. */
export class DemoDesks {
  private readonly signedIn = new Map<Desk, Cookies>();

  private constructor(
    readonly url: string,
    readonly home: string,
    private readonly program: RunningProgram,
    private readonly password: string,
  ) {}

  static async start(): Promise<DemoDesks> {
    buildProgram();
    const home = mkdtempSync(join(realpathSync(tmpdir()), 'qonys-desks-'));
    const program = startNpm({ env: { QONYS_HOME: home, PORT: '0' } });
    const url = (await program.says(/Qonys is ready: (\S+)/))[1]!;
    const kept = readFileSync(join(home, 'demo-accounts.json'), 'utf8');
    return new DemoDesks(url, home, program, (JSON.parse(kept) as { password: string }).password);
  }

  /** Everything that `npm start` has printed. */
  get printed(): string {
    return this.program.stdout;
  }

  async stop(): Promise<void> {
    const { pid, stdout, stderr } = this.program;
    // Who looks for pages of a program that has ended hears why.
    const hasEnded = childrenOf(process.pid).every((child) => child !== pid);
    this.program.kill('SIGTERM');
    const how = await this.program.ended;
    rmSync(this.home, { recursive: true, force: true });
    if (hasEnded) throw new Error(`The demo had ended by itself (${how}):\n${stdout}${stderr}`);
  }

  /** Signs in once for each desk: a number gets a code a minute and five an hour. */
  async enter(context: BrowserContext, desk: Desk): Promise<void> {
    const cookies = this.signedIn.get(desk);
    if (cookies !== undefined) return context.addCookies(cookies);
    await this.signIn(context, desk);
    this.signedIn.set(desk, await context.cookies());
  }

  /** Signs in at the pages as a person of the demo does, with the code that the demo's page shows. */
  private async signIn(context: BrowserContext, desk: Desk): Promise<void> {
    const page = await context.newPage();
    const phone = PHONES[desk];
    if (phone !== undefined) {
      await page.goto(`${this.url}/kk/sign-in?next=/account`);
      await page
        .locator('input[name=phone]')
        .fill(phone.replace(/^(\+7)(\d{3})(\d{3})(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5'));
      await submit(page);
      await page.locator('input[name=code]').fill(await this.newestCode(context, phone));
    } else {
      const email = `${desk}@demo.qonys.kz`;
      await page.goto(`${this.url}/kk/sign-in/staff?next=/account`);
      await page.locator('input[name=email]').fill(email);
      await page.locator('input[name=password]').fill(this.password);
      await submit(page);
      await page.locator('input[name=code]').fill(await this.newestCode(context, email));
    }
    await submit(page);
    await page.waitForURL(/\/kk\/account$/);
    await page.close();
  }

  /** The path, without its language, of the follow-up that the settler has been asked: as the notice carries it. */
  async settlingLink(): Promise<string> {
    const client = new pg.Client({ connectionString: (await findRunningEmbedded(this.home))! });
    await client.connect();
    try {
      await client.query(`select set_config('qonys.role', 'program', false)`);
      const { rows } = await client.query<{ id: string }>(
        `select f.id from follow_up f join auth_user u on u.household_id = f.household_id
         where u.phone_number = $1 and f.state = 'asked'`,
        [PHONES.settler],
      );
      const { authSecret } = JSON.parse(readFileSync(join(this.home, 'secrets.json'), 'utf8')) as {
        authSecret: string;
      };
      return `/settling/${shareToken(rows[0]!.id, Buffer.from(authSecret, 'base64'), 'follow-up')}`;
    } finally {
      await client.end();
    }
  }

  /** The code beside an address on the demo's page. */
  async newestCode(context: BrowserContext, to: string): Promise<string> {
    const page = await context.newPage();
    await page.goto(`${this.url}/kk/demo`);
    const row = page.locator('tr', { has: page.getByText(to, { exact: true }) }).first();
    const code = await row.locator('code').innerText();
    await page.close();
    return code;
  }
}

/** Presses the first button of the page's form. */
export async function submit(page: Page): Promise<void> {
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForLoadState();
}
