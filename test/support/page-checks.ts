import type axe from 'axe-core';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { fromRoot } from '../../src/config/paths.js';
import { WORDS } from '../../src/i18n/i18n.js';

/** The small file: its whole text goes into every page that is looked at. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong on a page, one line for each rule and element; `aside`: rules that were asked of the same page already. */
export async function violationsOf(page: Page, aside: readonly string[] = []): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (left) => {
    const { axe: library } = globalThis as unknown as { axe: typeof axe };
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const rules = Object.fromEntries(left.map((rule) => [rule, { enabled: false }]));
    const found = await library.run({ exclude: [] }, { runOnly, rules, resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, aside);
  return violations;
}

/** Opens what may be opened on a page. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
}

/** A table of so many columns must fit a phone: what scrolls out of sight is the reader's own column. */
const MOST_ON_PHONE = 6;

export interface LayoutFaults {
  /** Pixels by which the page is wider than its window. */
  overflow: number;
  /** Keys of words that stand where words should. */
  untranslated: string[];
  /** Tables of few columns that scroll all the same: their captions and the pixels. */
  scrolling: string[];
  /** Words of headings, facts, questions, buttons and fitted tables that are broken at no hyphen. Of other tables names give way. */
  broken: string[];
}

/** What a page shows that it should not. */
export async function layoutOf(page: Page): Promise<LayoutFaults> {
  const { text, named, overflow, scrolling, broken } = await page.evaluate(
    (mostColumns) => ({
      text: document.body.innerText,
      // A refusal names its code beside its words, for whoever asks for help.
      named: [...document.querySelectorAll('[data-code]')].map((one) => one.getAttribute('data-code')),
      // What scrolls by itself does not count.
      overflow: Math.max(0, document.documentElement.scrollWidth - window.innerWidth),
      scrolling: [...document.querySelectorAll<HTMLElement>('.table-frame')]
        .filter((frame) => frame.querySelectorAll('thead tr:first-child > *').length <= mostColumns)
        .filter((frame) => frame.scrollWidth > frame.clientWidth)
        .map((frame) => `${frame.getAttribute('aria-label')}: ${frame.scrollWidth - frame.clientWidth} px`),
      broken: [
        ...document.querySelectorAll(
          'h1, h2, h3, dt, dd, label, legend, button, .button, .fits th, .fits td, .stacks tbody th, .stacks td',
        ),
      ].flatMap((one) => {
        const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
        const words: string[] = [];
        const range = document.createRange();
        while (texts.nextNode()) {
          const node = texts.currentNode as Text;
          for (const { 0: word, index } of node.data.matchAll(/\p{L}{2,}/gu)) {
            // For a screen reader alone: as narrow as can be.
            if (node.parentElement!.getBoundingClientRect().width <= 1) continue;
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            if (range.getClientRects().length > 1) words.push(word);
          }
        }
        return words;
      }),
    }),
    MOST_ON_PHONE,
  );
  return {
    overflow,
    scrolling,
    broken: [...new Set(broken)],
    untranslated: keysIn(text).filter((key) => !named.includes(key)),
  };
}

/** The innermost of what reaches furthest beyond the window, and how it begins: what is to be mended. */
export async function widestOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const rights = [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((one) => !one.closest('.table-frame') || one.matches('.table-frame'))
      .map((one) => ({ one, right: one.getBoundingClientRect().right }));
    const furthest = Math.max(...rights.map(({ right }) => right));
    const { one } = rights.findLast(({ right }) => right === furthest)!;
    return `${one.tagName.toLowerCase()}.${one.className}: ${one.innerText.slice(0, 60)}`;
  });
}

/** The first words of all keys that there are. */
const PREFIXES = [...new Set(Object.keys(WORDS.en).map((key) => key.slice(0, key.indexOf('.'))))];
const KEY = new RegExp(
  `(?<![\\p{L}\\d_@./-])(?:${PREFIXES.join('|')})\\.[a-z0-9_]+(?:\\.[a-z0-9_]+)*(?![\\p{L}\\d_@/-])`,
  'gu',
);

/** Keys of words in a text, known or not. */
export function keysIn(text: string): string[] {
  return [...new Set(text.match(KEY) ?? [])].filter((key) => !/\.(?:csv|xlsx|json|xml|kz|com)$/.test(key));
}

/**
 * Layout shift, as browsers score it, when the stylesheet comes after the first look at a page, as it does over a slow network: what it
 * styles of the first screen belongs in the critical styles. Nothing is timed: the sheet is taken away and given back.
 */
export async function lateShiftOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const frames = async (): Promise<void> => {
      for (let i = 0; i < 2; i++) await new Promise((drawn) => requestAnimationFrame(drawn));
    };
    const sheet = document.querySelector<HTMLLinkElement>('body > link[rel=stylesheet]')!;
    // It stands before the sheet, but is out of sight on most pages and not drawn before it on any.
    const footer = document.querySelector<HTMLElement>('body > footer')!;
    footer.style.display = 'none';
    sheet.disabled = true;
    await frames();
    let score = 0;
    const add = (entries: PerformanceEntryList): void =>
      entries.forEach((one) => (score += (one as PerformanceEntry & { value: number }).value));
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'layout-shift' });
    sheet.disabled = false;
    await frames();
    add(observer.takeRecords());
    observer.disconnect();
    footer.style.display = '';
    return score;
  });
}

const SCREENS = fromRoot('test-results', 'pages');

/** Resolves when the window is as high as it was asked to be and what is in it has been laid out and drawn: two frames after that. */
async function drawn(page: Page): Promise<void> {
  const height = page.viewportSize()?.height ?? 0;
  await page.waitForFunction((wished) => window.innerHeight >= wished, height, { polling: 'raf' });
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/**
 * A picture of the whole page, kept for people to look at. By the browser's own protocol, for there are many hundreds of them; that does
 * not wait as Playwright's own pictures do, so on a busy machine it would show a page before its layout.
 */
export async function keepScreen(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  await drawn(page);
  const cdp = await page.context().newCDPSession(page);
  const { cssContentSize } = await cdp.send('Page.getLayoutMetrics');
  const { data } = await cdp.send('Page.captureScreenshot', {
    format: 'jpeg',
    quality: 80,
    captureBeyondViewport: true,
    optimizeForSpeed: true,
    clip: { ...cssContentSize, scale: 1 },
  });
  await cdp.detach();
  writeFileSync(join(SCREENS, `${name}.jpg`), Buffer.from(data, 'base64'));
}

export interface Load {
  /** Compressed bytes over the wire, headers included. */
  bytes: number;
  scriptBytes: number;
  largestPaintMs: number;
}

/** A first visit over a slow mobile network (400 kbit/s, 400 ms), with nothing in the cache. */
export async function loadSlowly(page: Page, url: string): Promise<Load> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  const throughput = 400_000 / 8;
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  const kinds = new Map<string, string>();
  const load = { bytes: 0, scriptBytes: 0 };
  cdp.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    load.bytes += encodedDataLength;
    if (kinds.get(requestId) === 'Script') load.scriptBytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const largestPaintMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
  await cdp.detach();
  return { ...load, largestPaintMs };
}
