import { type CheerioAPI, load } from 'cheerio';
import type { TestApp } from './app.js';

/** A page as a reader gets it. */
export interface ReadPage {
  status: number;
  /** Path and query of the page in the end, after redirections. */
  path: string;
  headers: Headers;
  html: string;
  $: CheerioAPI;
  /** The words of the main part, spaces made one. */
  text: string;
}

export type FormValues = Record<string, string | string[]>;

/** A browser without script: keeps cookies, follows redirections, and sends forms as they stand on the page. */
export class Reader {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly running: Pick<TestApp, 'url'>,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** Cookies as a browser would send them; to be given to another reader, as a thief would. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  take(cookie: string): void {
    for (const part of cookie.split('; ')) {
      const at = part.indexOf('=');
      this.cookies.set(part.slice(0, at), part.slice(at + 1));
    }
  }

  open(path: string): Promise<ReadPage> {
    return this.ask(path, { method: 'GET' });
  }

  /**
   * Fills the form whose action ends as given (or the only one of the page) and sends it: fields of the page with their values,
   * those given over them. `button` is the value of the button that is pressed.
   */
  send(page: ReadPage, values: FormValues, form?: string): Promise<ReadPage> {
    const { $ } = page;
    const found = form === undefined ? $('main form') : $(`main form[action$="${form}"]`);
    if (found.length !== 1) throw new Error(`${page.path} has ${found.length} forms ${form ?? ''}.`);
    const fields = new URLSearchParams(found.serializeArray().map(({ name, value }) => [name, value]));
    for (const [name, value] of Object.entries(values)) {
      fields.delete(name);
      for (const one of [value].flat()) fields.append(name, one);
    }
    const action = found.attr('action') ?? page.path;
    if ((found.attr('method') ?? 'get').toLowerCase() === 'get') return this.open(`${action}?${fields.toString()}`);
    return this.post(action, fields);
  }

  /** Sends fields to an address, as a form of our own pages would; `headers` to play another site's. */
  post(
    path: string,
    fields: URLSearchParams | FormData,
    headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
  ): Promise<ReadPage> {
    return this.ask(path, { method: 'POST', body: fields, headers });
  }

  private async ask(path: string, init: RequestInit, hops = 0): Promise<ReadPage> {
    const headers = { ...this.headers, ...(init.headers as Record<string, string> | undefined) };
    if (this.cookies.size > 0) headers['cookie'] = this.cookie;
    const answer = await fetch(this.running.url + path, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    const location = answer.headers.get('location');
    if (location !== null && answer.status >= 300 && answer.status < 400) {
      if (hops > 5) throw new Error(`${path} leads round in circles.`);
      await answer.body?.cancel();
      // Read as a browser does: `//evil.example` and `/\\evil.example` are other sites.
      const to = new URL(location, this.running.url);
      if (to.origin !== new URL(this.running.url).origin)
        throw new Error(`${path} leads away from the site: ${location}`);
      return this.ask(to.pathname + to.search + to.hash, { method: 'GET' }, hops + 1);
    }
    const html = await answer.text();
    const $ = load(html);
    const text = $('main').text().replace(/\s+/g, ' ').trim();
    return { status: answer.status, path, headers: answer.headers, html, $, text };
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const over = attributes.some((one) => /^max-age=(0|-\d+)$/i.test(one) || /^expires=.*1970/i.test(one));
    if (over) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}

/** What a name may hold that wants to be code; every page must show it as text. */
export const EVIL = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>'] as const;

/** Elements and attributes that only injected text could have made. */
export function injected({ $ }: ReadPage): string[] {
  const scripts = $('script:not([src]):not([type="application/ld+json"])').toArray();
  const handlers = $('*')
    .toArray()
    .filter((one) => 'attribs' in one && Object.keys(one.attribs).some((name) => name.startsWith('on')));
  return [...scripts, ...handlers, ...$('img[src="x"]').toArray()].map((one) => $.html(one));
}
