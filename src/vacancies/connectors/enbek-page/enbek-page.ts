import type { CheerioAPI } from 'cheerio';
import { Problem } from '../../../shared/problem.js';
import type { Connector, ReadContext, ReadEvent } from '../../connector.js';
import { readWhole } from '../bytes.js';
import { enbekIdOfUrl, isForeignAddress } from '../enbek-address.js';
import { postingsOfPage } from '../json-ld.js';
import { parsePage } from '../page-dom.js';
import { removeContacts, removeContactsDeep } from '../personal-contacts.js';
import { RecordFault } from '../record-fields.js';
import { oneLine } from '../plain-text.js';
import { readLabels } from './labels.js';
import { readVacancyPage } from './vacancy-page.js';

const MAX_BYTES = 5 * 1_048_576;
const MAX_RAW_CHARACTERS = 200_000;

/**
 * One vacancy page of enbek.kz, saved or fetched: its JSON-LD *and* its body, which knows more (the upper pay, the number of
 * openings, the employer's full name, the archive notice). Works from the body alone when the JSON-LD is broken.
 * The page that `openAddress` makes of an answer 410 is read as `gone`.
 * A page states nothing about relocation, so a read of it leaves those fields as they are; so do words nobody knows (warning
 * `record.unknown_words`), and labels that are missing while the page has others that nobody knows (`page.unknown_label`).
 *
 * Refused as a whole: `file.empty`, `file.encoding`, `file.gzip`, `file.too_large` (5 MB), `page.not_a_vacancy` (also Enbek's
 * own "page not found" and any page of another site's address). Refused alone: `record.missing_field`, `record.invalid_date`, `record.dates_reversed`,
 * `record.pay_reversed`.
 */
export const enbekPage: Connector = {
  name: 'enbek-page',
  defaultSource: 'enbek',

  recognises(head, origin) {
    if (isForeignAddress(origin)) return false;
    if (!/<(?:!doctype|html|head|meta|body|link|h4|!--)/i.test(head)) return false;
    const addresses = [...head.matchAll(/<(?:link|meta)[^>]+(?:href|content)=["']([^"']+)["']/gi)].map(
      (match) => match[1] ?? '',
    );
    const own = [...addresses, origin].some((address) => /^https?:/i.test(address) && enbekIdOfUrl(address) !== null);
    return own || /<body[^>]+class=["'][^"']*\bpage vacancy\b/i.test(head);
  },

  async *read(bytes, context) {
    if (isForeignAddress(context.origin)) throw new Problem('page.not_a_vacancy', 422);
    const $ = parsePage(await readWhole(bytes, MAX_BYTES));
    const goneId = $('meta[name="http-status"]').attr('content') === '410' ? pageId($, '') : null;
    if (goneId !== null) {
      yield { kind: 'header', complete: false, generatedAt: null, count: 0 };
      yield { kind: 'gone', ref: goneId, externalId: goneId };
      return;
    }
    if (!isVacancyPage($)) throw new Problem('page.not_a_vacancy', 422);
    yield { kind: 'header', complete: false, generatedAt: null, count: 1 };
    yield readOne($, context);
  },
};

/** A vacancy has a title beside labelled values, or a JobPosting at an address of Enbek's. */
function isVacancyPage($: CheerioAPI): boolean {
  if (oneLine($('h4.title').first().text()) !== '' && readLabels($).values.size > 0) return true;
  return postingsOfPage($).postings.length > 0 && pageId($, '') !== null;
}

/** Enbek's numeric id as the page's own addresses give it. */
function pageId($: CheerioAPI, origin: string): string | null {
  const addresses = [$('link[rel="canonical"]').attr('href'), $('meta[property="og:url"]').attr('content'), origin];
  return addresses.flatMap((address) => (address ? (enbekIdOfUrl(address, 'file:///') ?? []) : []))[0] ?? null;
}

function readOne($: CheerioAPI, context: ReadContext): ReadEvent {
  const id = pageId($, context.origin);
  const ref = id ?? 'page';
  const raw = rawWithoutContacts($);
  try {
    const { claim, warnings } = readVacancyPage($, id, context);
    return { kind: 'vacancy', ref: claim.externalId, claim, raw, warnings };
  } catch (fault) {
    if (!(fault instanceof RecordFault)) throw fault;
    const { code, field, params } = fault;
    return { kind: 'rejected', ref, externalId: id, code, field, params, raw };
  }
}

const NOT_KEPT =
  'script,style,svg,img,noscript,iframe,nav,header,footer,form,input,select,button,li.profile,li.phone,li.mail,a[href^="tel:"],a[href^="mailto:"]';

/** The page's own part without scripts, decoration and contacts, which this connector can read again. The BIN goes with its script. */
function rawWithoutContacts($: CheerioAPI): string {
  const postings = postingsOfPage($).postings.map((posting) =>
    JSON.stringify(removeContactsDeep(posting)).replace(/</g, '\\u003c'),
  );
  const copy = parsePage($.html());
  copy(NOT_KEPT).remove();
  copy('link:not([rel="canonical"]),meta:not([property^="og:"])').remove();
  copy('*')
    .contents()
    .filter((_, node) => node.type === 'comment')
    .remove();
  const html = removeContacts(copy.html().replace(/\s{2,}/g, '\n'));
  const scripts = postings.map((json) => `<script type="application/ld+json">${json}</script>\n`);
  return `${scripts.join('')}${html}`.slice(0, MAX_RAW_CHARACTERS);
}
