import pg from 'pg';
import type { Page, Response } from 'playwright-core';
import { EVIL } from './reader.js';

/** A text that wants to be code, with a mark to find it by where it is shown as text. */
export const hostile = (mark: string): string => `${EVIL[0]}${EVIL[1]}${mark}`;

/** What people and sources write freely and pages show: table → columns. */
const WRITTEN: Record<string, readonly string[]> = {
  auth_user: ['label'],
  employer: ['name', 'activity'],
  vacancy: ['title', 'subtitle', 'location_text', 'address_text', 'duties', 'employer_name'],
  seeker: ['given_name', 'family_name', 'occupation_title'],
  in_app_message: ['body'],
  ingest_run: ['origin'],
  rejected_record: ['raw', 'external_id', 'origin'],
  api_token: ['label'],
  question: ['text'],
  public_answer: ['question_kk', 'answer_kk'],
};

/** What only some states of a case, of an application or of a question show, and other languages: looked at wherever it stands. */
const WRITTEN_TOO: Record<string, { columns: readonly string[]; where?: string }> = {
  proposal: { columns: ['note'] },
  application: { columns: ['note'] },
  application_step: { columns: ['note'] },
  question: { columns: ['answer'], where: 'answered_at is not null' },
  title_correction: { columns: ['title', 'note'] },
  public_answer: { columns: ['question_ru', 'answer_ru', 'question_en', 'answer_en'] },
};

/** Their marks, and those of texts inside JSON. */
export const WRITTEN_MARKS = [
  ...Object.entries(WRITTEN).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`)),
  'vacancy.skills',
];

/** Makes every free text of a database hostile, as if each had been written so. */
export async function makeHostile(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `insert into api_token (id, hash, label, role, created_at) values (gen_random_uuid(), 'none', 'x', 'analyst', now())`,
    );
    const all = Object.entries(WRITTEN).map(([table, columns]) => ({ table, columns, where: 'true' }));
    const too = Object.entries(WRITTEN_TOO).map(([table, { columns, where = 'true' }]) => ({ table, columns, where }));
    for (const { table, columns, where } of [...all, ...too]) {
      const set = columns.map((column, index) => `${column} = $${index + 1}`).join(', ');
      const marks = columns.map((column) => hostile(`${table}.${column}`));
      await client.query(`update ${table} set ${set} where ${where}`, marks);
    }
    await client.query('update vacancy set skills = array[$1], tags = array[$1], url = $2', [
      hostile('vacancy.skills'),
      'javascript:alert(1)',
    ]);
    // What the demo's desks do not show by themselves: a message, a record that was refused.
    const own = `(select household_id from auth_user where phone_number = '+77010000001')`;
    await client.query(`update in_app_message set household_id = ${own}`);
    await client.query(`update rejected_record set region_code = 'KZ-59', resolved_at = null`);
  } finally {
    await client.end();
  }
}

/** Looks at pages for code that came in as text. */
export class Watch {
  /** Marks that were seen as text. */
  readonly seen = new Set<string>();
  private alarms: string[] = [];

  constructor(private readonly page: Page) {
    page.on('dialog', (dialog) => {
      this.alarms.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', ({ message }) => this.alarms.push(message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.alarms.push(message.text());
    });
  }

  /** Everything wrong with the page that stands there, one line each. */
  async faults(response: Response | null): Promise<string[]> {
    const { text, injected } = await this.page.evaluate(() => {
      const isCode = (one: Element): boolean =>
        one.matches('script:not([src]):not([type="application/ld+json"]), img[src="x"], [href^="javascript:" i]') ||
        [...one.attributes].some(({ name }) => name.startsWith('on'));
      const fields = [...document.querySelectorAll('input, textarea')].map((one) => (one as HTMLInputElement).value);
      return {
        text: [document.title, document.body.textContent, ...fields].join('\n'),
        injected: [...document.querySelectorAll('*')].filter(isCode).map((one) => one.outerHTML.slice(0, 200)),
      };
    });
    const [begin] = EVIL;
    for (const part of text.split(`${begin}${EVIL[1]}`).slice(1)) this.seen.add(/^[\w.-]+/.exec(part)?.[0] ?? '');
    const alarms = this.alarms;
    this.alarms = [];
    if (response !== null && response.status() >= 500) alarms.push(`status ${response.status()}`);
    return [...alarms, ...injected].map((fault) => `${new URL(this.page.url()).pathname}: ${fault}`);
  }
}

/** A form of a page: where it goes, and how it is asked. */
export interface FoundForm {
  index: number;
  action: string;
  method: string;
}

/** The forms of a page in which something can be written. */
export function formsOf(page: Page): Promise<FoundForm[]> {
  return page.evaluate(() =>
    [...document.forms].flatMap((form, index) => {
      const isWritten = [...form.elements].some((one) => one.matches('input:not([type=hidden]), textarea, select'));
      return isWritten
        ? [
            {
              index,
              action: new URL(form.getAttribute('action') ?? '', location.href).pathname,
              method: form.getAttribute('method') ?? 'get',
            },
          ]
        : [];
    }),
  );
}

/** Writes a hostile text into every field of a form, choices and what is hidden aside, and sends it. */
export async function sendHostile(page: Page, { index }: FoundForm, text: string): Promise<Response | null> {
  const answered = page.waitForNavigation();
  await page.evaluate(
    ([at, written]) => {
      const form = document.forms[at]!;
      for (const one of form.elements) {
        if (one instanceof HTMLTextAreaElement) one.value = written;
        if (one instanceof HTMLSelectElement) one.append(new Option(written, written, true, true));
        if (!(one instanceof HTMLInputElement) || /hidden|file|submit/.test(one.type)) continue;
        if (!/radio|checkbox/.test(one.type)) one.type = 'text';
        one.removeAttribute('maxlength');
        one.value = written;
      }
      HTMLFormElement.prototype.submit.call(form);
    },
    [index, text] as const,
  );
  return answered;
}
