import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DRAFT_STEPS } from '../../src/households/household-draft.js';
import { type Desk, type DemoDesks, submit } from './demo-desks.js';

/** The desks, and states that a page is only seen in: each is a browser of its own that `prepare` brings there. */
export type PageDesk = 'anyone' | Desk | 'doorway' | 'enrolling' | 'newcomer' | 'interested';

const QUESTION = new URLSearchParams({
  profession: 'медсестра',
  partner: 'водитель',
  region: 'KZ-61',
  children: '2',
  wish: 'housing',
});

/** The pages of each desk, by a name for their pictures. `:vacancy` stands for a vacancy of the demo. */
export const PAGES: Record<PageDesk, Record<string, string>> = {
  anyone: {
    start: '/',
    match: `/match?${QUESTION.toString()}`,
    'match-wrong': '/match?profession=x',
    vacancies: '/vacancies',
    vacancy: '/vacancies/:vacancy',
    'sign-in': '/sign-in',
    'sign-in-staff': '/sign-in/staff',
    'sign-in-second': '/sign-in/second',
    register: '/employer/register',
    password: '/account/password',
    'password-new': '/account/password/a-token-of-a-letter',
    demo: '/demo',
    regions: '/regions?from=KZ-61',
    region: '/regions/KZ-59?from=KZ-61',
    sources: '/sources',
    rules: '/programme',
    privacy: '/privacy',
    support: '/support?members=4&place=591010000',
    'support-wrong': '/support?members=0&place=Жамбыл',
    questions: '/questions',
    'questions-found': '/questions?q=переезд',
    answer: ':answer',
    ask: '/questions/ask?about=region&region=KZ-59',
    'support-sheet': '/support/sheet?members=4&place=591010000&home=KZ-61&own=citizen',
    asked: ':asked',
    nowhere: '/nowhere',
  },
  doorway: { 'sign-in-code': '/sign-in/code' },
  enrolling: { authenticator: '/account/authenticator' },
  newcomer: {
    begin: '/my',
    ...Object.fromEntries(DRAFT_STEPS.map((step) => [`before-${step}`, `/my/household/${step}`])),
  },
  migrant: {
    my: '/my',
    application: '/my/application',
    settling: '/my/settling',
    match: ':match',
    print: ':match/print',
    sheet: ':match/sheet',
    dismiss: ':match/dismiss',
    changes: '/my/changes',
    why: '/my/why?vacancy=:vacancy',
    household: '/my/household',
    // The same forms as a newcomer's, with another button.
    'step-you': '/my/household/you',
    'step-wishes': '/my/household/wishes',
    messages: '/my/messages',
    'own-questions': '/questions/own',
    settings: '/my/settings',
    delete: '/my/delete',
    account: '/account',
  },
  applicant: { my: '/my', application: '/my/application', messages: '/my/messages' },
  settler: { my: '/my', application: '/my/application', settling: '/my/settling', linked: ':linked' },
  employer: {
    account: '/account',
    vacancies: '/employer',
    'vacancy-new': '/employer/vacancies/new',
    people: '/employer/people',
    'vacancy-edit': ':edit',
    'vacancy-close': ':close',
    import: '/employer/import',
    'import-run': ':run',
    'vacancy-closed': ':closed',
    colleagues: '/employer/colleagues',
  },
  interested: { 'match-interest': ':interested', shared: ':shared' },
  officer: {
    alike: ':case/alike',
    'alike-decided': ':decided',
    queue: '/centre',
    applications: '/centre/applications',
    'applications-over': '/centre/applications?show=settled',
    application: ':application',
    'follow-ups': '/centre/follow-ups',
    'follow-up': ':called',
    payments: ':payments',
    case: ':case',
    today: '/centre/today',
    questions: '/centre/questions',
    question: ':question',
    rejected: '/centre/rejected',
    employers: '/centre/employers',
    'firm-invite': '/centre/firms/invite',
    titles: '/centre/titles',
    'titles-all': '/centre/titles?region=all',
    trail: '/centre/trail',
    account: '/account',
  },
  supervisor: { today: '/centre/today', accounts: '/admin' },
  analyst: {
    mismatch: '/analyst',
    'mismatch-all': '/analyst?sectors=all&measure=tension&grouping=programme',
    'mismatch-wrong': '/analyst?on=2023-05-01',
    occupations: '/analyst/occupations',
    flows: '/analyst/flows',
    delays: '/analyst/delays',
    quotas: '/analyst/quotas',
    outcomes: '/analyst/outcomes',
    payments: '/analyst/payments',
    times: '/analyst/times',
    titles: '/centre/titles',
  },
  administrator: {
    accounts: '/admin',
    account: ':account',
    tokens: '/admin/tokens',
    runs: '/admin/runs',
    quotas: '/admin/quotas',
    'region-choice': '/centre',
  },
};

/** Where the first thing of a list has its own page: what stands for it in `PAGES` → the list, and how its links begin. */
const FIRST_OF: Record<string, { list: string; link: string; end?: string }> = {
  ':case': { list: '/centre', link: '/centre/cases/' },
  ':match': { list: '/my', link: '/my/matches/' },
  ':edit': { list: '/employer', link: '/employer/vacancies/', end: '/edit' },
  ':close': { list: '/employer', link: '/employer/vacancies/', end: '/close' },
  ':account': { list: '/admin', link: '/admin/accounts/' },
  ':answer': { list: '/questions', link: '/questions/0' },
  ':question': { list: '/centre/questions', link: '/centre/questions/' },
  ':application': { list: '/centre/applications', link: '/centre/applications/0' },
  ':called': { list: '/centre/follow-ups', link: '/centre/follow-ups/0' },
};

/** What the signs of `PAGES` stand for, as the program's routes write it. */
export const STANDS_FOR: Record<string, string> = {
  ':vacancy': ':id',
  ':case': '/centre/cases/:id',
  ':decided': '/centre/cases/:id/alike/decided',
  ':answer': '/questions/:id',
  ':question': '/centre/questions/:id',
  ':application': '/centre/applications/:id',
  ':called': '/centre/follow-ups/:id',
  ':payments': '/centre/households/:id/payments',
  ':linked': '/settling/:token',
  ':asked': '/asked/:token',
  ':match': '/my/matches/:id',
  ':interested': '/my/matches/:id',
  ':edit': '/employer/vacancies/:id/edit',
  ':close': '/employer/vacancies/:id/close',
  ':closed': '/vacancies/:id',
  ':run': '/employer/import/:id',
  ':account': '/admin/accounts/:id',
  ':shared': '/shared/:token',
};

/** The pages of a running demo: what must be done before they can be seen, and where they are. */
export class DemoPages {
  /** What stands for a page in `PAGES` → its path without the language, where something had to be done for it. */
  private readonly made = new Map<string, string>();
  /** A vacancy in the north. */
  private vacancyId: string | undefined;

  constructor(
    private readonly demo: DemoDesks,
    private readonly browser: Browser,
  ) {}

  /** The path of a page of `PAGES`, without its language, for the reader whose browser `page` is of. */
  async addressOf(page: Page, path: string): Promise<string> {
    const known = this.made.get(path);
    if (known !== undefined) return known;
    if (path.includes(':vacancy')) return path.replace(':vacancy', await this.vacancy());
    if (path === ':decided') {
      // The first case of the queue stands for one of a batch: the page says how it is now.
      const first = await this.addressOf(page, ':case');
      return `${first}/alike/decided?case=${first.split('/').at(-1)}`;
    }
    if (path === ':payments') return this.paymentsOfCalled(page);
    const [sign] = Object.keys(FIRST_OF).filter((one) => path.startsWith(one));
    if (sign === undefined) return path;
    const first = this.made.get(sign) ?? (await this.firstOf(page, sign));
    this.made.set(sign, first);
    return first + path.slice(sign.length);
  }

  private async firstOf(page: Page, sign: string): Promise<string> {
    const { list, link, end } = FIRST_OF[sign]!;
    await page.goto(`${this.demo.url}/kk${list}`);
    const ends = end === undefined ? '' : `[href$="${end}"]`;
    const href = await page.locator(`main a[href^="/kk${link}"]${ends}`).first().getAttribute('href');
    return href!.slice('/kk'.length).replace(/[?#].*$/, '');
  }

  /** The support of the household whose follow-up is the first to be called. */
  private async paymentsOfCalled(page: Page): Promise<string> {
    await page.goto(`${this.demo.url}/kk${await this.addressOf(page, ':called')}`);
    const href = (await page.locator('main a[href$="/payments"]').getAttribute('href'))!;
    this.made.set(':payments', href.slice('/kk'.length));
    return href.slice('/kk'.length);
  }

  private async vacancy(): Promise<string> {
    if (this.vacancyId !== undefined) return this.vacancyId;
    const listed = await fetch(`${this.demo.url}/api/v1/vacancies?region=KZ-59&limit=1`);
    return (this.vacancyId = ((await listed.json()) as { items: { id: string }[] }).items[0]!.id);
  }

  /** Brings a browser to where a desk's pages can be seen. */
  async prepare(context: BrowserContext, desk: PageDesk): Promise<void> {
    switch (desk) {
      case 'anyone':
        return this.ask(context);
      case 'doorway':
        return this.askCode(context, '+77010000701');
      case 'newcomer':
        return this.enterNumber(context, '+77010000702');
      case 'enrolling':
        return this.enterInvited(context);
      case 'interested':
        await this.demo.enter(context, 'migrant');
        return this.sayInterested(context);
      case 'settler':
        await this.demo.enter(context, 'settler');
        this.made.set(':linked', await this.demo.settlingLink());
        return;
      default:
        await this.demo.enter(context, desk);
        if (desk === 'employer') await this.workAsFirm(context);
    }
  }

  /** A question to a centre, whose page is known by its link alone. */
  private async ask(context: BrowserContext): Promise<void> {
    const page = await context.newPage();
    await page.goto(`${this.demo.url}/kk/questions/ask?about=region&region=KZ-59`);
    await page.locator('textarea[name=text]').fill('Петропавлда балабақшаға кезек бар ма?');
    await page.locator('button[value=look]').click();
    await page.locator('input[name=contact]').fill('+77010000704');
    await page.locator('button[value=send]').click();
    await page.waitForURL(/\/kk\/asked\//);
    this.made.set(':asked', new URL(page.url()).pathname.slice('/kk'.length));
    await page.close();
  }

  private async askCode(context: BrowserContext, phone: string): Promise<void> {
    const page = await context.newPage();
    await page.goto(`${this.demo.url}/kk/sign-in?next=/account`);
    await page.locator('input[name=phone]').fill(phone);
    await submit(page);
    await page.locator('input[name=code]').waitFor();
    await page.close();
  }

  /** Somebody whose number was not known before: an account without a household. */
  private async enterNumber(context: BrowserContext, phone: string): Promise<void> {
    await this.askCode(context, phone);
    const page = await context.newPage();
    await page.goto(`${this.demo.url}/kk/sign-in/code?next=/account`);
    await page.locator('input[name=code]').fill(await this.demo.newestCode(context, phone));
    await submit(page);
    await page.waitForURL(/\/kk\/account$/);
    await page.close();
  }

  /** Somebody whom the administrator invited, before an app is enrolled. */
  private async enterInvited(context: BrowserContext): Promise<void> {
    const [email, password] = ['new.analyst@example.kz', 'a long enough password'];
    const administrator = await this.browser.newContext();
    await this.demo.enter(administrator, 'administrator');
    const admin = await administrator.newPage();
    await admin.goto(`${this.demo.url}/kk/admin`);
    const form = admin.locator('form', { has: admin.locator('input[name=email]') });
    await form.locator('input[name=label]').fill('Жаңа талдаушы');
    await form.locator('input[name=email]').fill(email);
    await form.locator('[name=role][value=analyst]').check();
    await form.locator('button').last().click();
    await admin.waitForLoadState();
    await administrator.close();

    const page = await context.newPage();
    await page.goto(`${this.demo.url}/kk/demo`);
    const row = page.locator('tr', { has: page.getByText(email, { exact: true }) }).first();
    await page.goto(
      (await row.locator('a[href*="/account/password/"]').getAttribute('href'))!.replace(
        /^https?:\/\/[^/]+/,
        this.demo.url,
      ),
    );
    await page.locator('input[name=password]').fill(password);
    await page.locator('input[name=repeat]').fill(password);
    await submit(page);
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(password);
    await submit(page);
    await page.waitForURL(/\/account\/authenticator/);
    await page.close();
  }

  /** The demo's household says that a match interests it, and makes a link for relatives. */
  private async sayInterested(context: BrowserContext): Promise<void> {
    const page = await context.newPage();
    const match = await this.addressOf(page, ':match');
    await page.goto(`${this.demo.url}/kk${match}`);
    const form = page.locator('form[action$="/interest"]');
    await form.locator('input[type=checkbox]').first().check();
    await form.locator('button').click();
    await page.locator('form[action$="/interest/withdraw"]').waitFor();
    this.made.set(':interested', match);
    await page.locator('form[action$="/share"] button').click();
    const link = page.getByText(/\/kk\/shared\/[\w-]+/).first();
    const text = (await link.getAttribute('value')) ?? (await link.innerText());
    this.made.set(':shared', /\/shared\/[\w-]+/.exec(text)![0]);
    await page.close();
  }

  /** The firm's first posts, one of them closed, and a file: what it may change, close and look back at. */
  private async workAsFirm(context: BrowserContext): Promise<void> {
    const page = await context.newPage();
    await this.post(page, 'Медицинская сестра');
    const first = await this.firstOf(page, ':close');
    await page.goto(`${this.demo.url}/kk${first}`);
    await page.locator('input[value=filled]').check();
    await page.locator('input[name=hired]').fill('1');
    await page.locator('main form button').last().click();
    await page.waitForURL(/done=closed/);
    this.made.set(':closed', first.replace('/employer', '').replace('/close', ''));
    await this.post(page, 'Токарь');
    await page.goto(`${this.demo.url}/kk/employer/import`);
    const buffer = Buffer.from('мамандық;жұмыс қайда;ең аз жалақы\nТокарь;Петропавл;көп\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'posts.csv', mimeType: 'text/csv', buffer });
    await page.locator('main form button').click();
    await page.waitForURL(/\/employer\/import\/[0-9a-f-]{36}$/);
    await page.locator('tbody tr').waitFor();
    this.made.set(':run', new URL(page.url()).pathname.slice('/kk'.length));
    await page.close();
  }

  private async post(page: Page, title: string): Promise<void> {
    await page.goto(`${this.demo.url}/kk/employer/vacancies/new`);
    await page.locator('input[name=title]').fill(title);
    await page.locator('input[name=location]').fill('Петропавл');
    await submit(page);
    await page.locator('button[value=save]').click();
    await page.waitForURL(/done=posted/);
  }
}
