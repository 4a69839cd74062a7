import { createHash } from 'node:crypto';
import { Problem } from '../../../shared/problem.js';
import type { Connector, ReadContext, ReadEvent, VacancyClaim, Warning } from '../../connector.js';
import { readWhole } from '../bytes.js';
import { enbekIdOfUrl, isForeignAddress } from '../enbek-address.js';
import { comparable } from '../enbek-codes.js';
import { findPostings, type JsonObject, parseLenientJson, postingsOfPage } from '../json-ld.js';
import { parsePage } from '../page-dom.js';
import { blockText } from '../page-text.js';
import { removeContactsDeep } from '../personal-contacts.js';
import { type Posting, readPosting } from '../posting.js';
import { RecordFault, refuseReversedPay } from '../record-fields.js';
import { readPayFromSummary } from '../salary-text.js';

const MAX_BYTES = 20 * 1_048_576;

/**
 * schema.org JobPosting as JSON-LD: in any employer's page, or a `.json`/`.jsonld` file (one posting, a list, `@graph`).
 * When every posting of the file is Enbek's own (its address lies on enbek.kz) and the file does not come from the address of
 * another site, which could claim anything, the header names the source `enbek` and the
 * external ids are Enbek's, so that a vacancy read here and from the feed is one. Otherwise an identifier counts within its
 * employer (`<identifier>@<employer>`); without one the address is the id, without either a hash of title, employer, place
 * and date.
 *
 * A posting with several `jobLocation` is one vacancy in the first of them: its openings are offered once, wherever they are filled,
 * and counting them in every region would make up work. The others stand in `addressText`, each after a `+`, with the warning
 * `jobposting.other_places`. A first place outside Kazakhstan is refused as any such place; the next one is not taken for it.
 *
 * Refused as a whole: `file.empty`, `file.encoding`, `file.gzip`, `file.too_large`, `record.invalid_json` (a JSON file),
 * `jobposting.not_found`. Refused alone: `record.missing_field`, `record.invalid_date`, `record.pay_reversed`, `record.dates_reversed`,
 * `record.duplicate_id`.
 */
export const jobposting: Connector = {
  name: 'jobposting',
  defaultSource: 'jobposting',

  recognises(head) {
    return /JobPosting["']/.test(head) || /application\/ld\+json/.test(head);
  },

  async *read(bytes, context) {
    const foreign = isForeignAddress(context.origin);
    const { postings, warnings } = collect(await readWhole(bytes, MAX_BYTES), context, foreign);
    if (postings.length === 0) throw new Problem('jobposting.not_found', 422);
    const enbek = !foreign && postings.every((posting) => enbekIdOf(posting) !== null);
    yield {
      kind: 'header',
      complete: false,
      generatedAt: null,
      count: postings.length,
      ...(enbek ? { source: 'enbek' } : {}),
    };
    const seen = new Set<string>();
    for (const [index, posting] of postings.entries())
      yield readOne(posting, `posting ${index + 1}`, { foreign, enbek }, index === 0 ? warnings : [], seen);
  },
};

/**
 * The postings of a page or a JSON file. A page's own address and summary go into `_url` and `_og_description`; a foreign page
 * has only its address, as `url`, and no say in our own keys.
 */
function collect(
  text: string,
  { origin }: ReadContext,
  foreign: boolean,
): { postings: JsonObject[]; warnings: Warning[] } {
  const own = (posting: JsonObject): JsonObject => (foreign ? withoutOurKeys(posting) : posting);
  if (/^\s*[[{]/.test(text)) {
    try {
      return { postings: findPostings(parseLenientJson(text)).map(own), warnings: [] };
    } catch {
      throw new Problem('record.invalid_json', 422);
    }
  }
  const $ = parsePage(text);
  const { postings, broken } = postingsOfPage($);
  const address = $('link[rel="canonical"]').attr('href') ?? $('meta[property="og:url"]').attr('content') ?? origin;
  const summary = $('meta[property="og:description"]').attr('content');
  const ofOwnPage = { _url: address, ...(summary === undefined ? {} : { _og_description: summary }) };
  const ofPage: JsonObject = postings.length !== 1 ? {} : foreign ? { url: address } : ofOwnPage;
  return {
    postings: postings.map((posting) => ({ ...ofPage, ...own(posting) })),
    warnings: broken > 0 ? [{ code: 'jobposting.broken_jsonld' }] : [],
  };
}

/** Keys that begin with `_` are ours: an administrator's file may have them, another site's page may not. */
function withoutOurKeys(posting: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(posting).filter(([key]) => !key.startsWith('_')));
}

function addresses(posting: JsonObject): string[] {
  return [posting['url'], posting['_url'], posting['@id']].filter(
    (value): value is string => typeof value === 'string' && /^https?:\/\//i.test(value),
  );
}

function enbekIdOf(posting: JsonObject): string | null {
  return addresses(posting).flatMap((address) => enbekIdOfUrl(address) ?? [])[0] ?? null;
}

function readOne(
  posting: JsonObject,
  ref: string,
  { foreign, enbek: ofEnbek }: { foreign: boolean; enbek: boolean },
  before: Warning[],
  seen: Set<string>,
): ReadEvent {
  const raw = JSON.stringify(removeContactsDeep(posting));
  const enbekId = foreign ? null : enbekIdOf(posting);
  try {
    const warnings = [...before];
    const claim = claimOf(posting, enbekId, ofEnbek, warnings);
    if (seen.has(claim.externalId))
      throw new RecordFault('record.duplicate_id', 'identifier', { id: claim.externalId });
    seen.add(claim.externalId);
    return { kind: 'vacancy', ref, claim, raw, warnings };
  } catch (fault) {
    if (!(fault instanceof RecordFault)) throw fault;
    const { code, field, params } = fault;
    return { kind: 'rejected', ref, externalId: ofEnbek ? enbekId : null, code, field, params, raw };
  }
}

function claimOf(posting: JsonObject, enbekId: string | null, ofEnbek: boolean, warnings: Warning[]): VacancyClaim {
  const stated = readPosting(posting, warnings);
  const required = <Value>(value: Value | null, field: string): Value => {
    if (value === null) throw new RecordFault('record.missing_field', field);
    return value;
  };
  const title = required(stated.title, 'title');
  const employerName = required(stated.employerName, 'hiringOrganization');
  const locationText = required(stated.locationText, 'jobLocation');
  const publishedOn = required(stated.publishedOn, 'datePosted');
  if (stated.validUntil !== null && stated.validUntil < publishedOn)
    throw new RecordFault('record.dates_reversed', 'validThrough', { from: publishedOn, to: stated.validUntil });
  const [payMinTenge, payMaxTenge] = payOf(posting, stated, enbekId !== null);
  refuseReversedPay('baseSalary', payMinTenge, payMaxTenge);
  const description = stated.description === null ? null : (blockText(parsePage(''), stated.description) ?? '');
  return {
    externalId:
      ofEnbek && enbekId !== null
        ? enbekId
        : externalIdOf(stated, { title, employerName, locationText, publishedOn }, warnings),
    title,
    locationText,
    employer: { name: employerName },
    publishedOn,
    url: stated.urls[0],
    // Enbek's description is the employer's own name of the post; elsewhere it is the duties.
    ...(enbekId === null ? { duties: description } : { subtitle: description || null }),
    addressText: addressWithOthers(stated, warnings),
    payMinTenge,
    payMaxTenge,
    employment: stated.employment ?? undefined,
    schedule: stated.schedule ?? undefined,
    education: stated.education,
    experience: stated.experience,
    openings: enbekId === null ? stated.openings : (stated.openings ?? undefined),
    skills: stated.skills,
    validUntil: stated.validUntil,
    archived: posting['_archived'] === true,
  };
}

/** How much of the other places an address line has room for. */
const MAX_OTHER_CHARACTERS = 600;

/** The street, and after a `+` each the other places of the posting: nothing else of a vacancy could say them. */
function addressWithOthers({ addressText, otherLocations }: Posting, warnings: Warning[]): string | null {
  if (otherLocations.length === 0) return addressText;
  warnings.push({ code: 'jobposting.other_places', field: 'jobLocation', params: { count: otherLocations.length } });
  const others = otherLocations.map((place) => `+ ${place}`).join(' ');
  const shown = others.length > MAX_OTHER_CHARACTERS ? `${others.slice(0, MAX_OTHER_CHARACTERS - 1)}…` : others;
  return addressText === null ? shown : `${addressText} ${shown}`;
}

/**
 * Enbek puts only the lower bound into JSON-LD, so the upper one is unspoken there (undefined) unless the page's summary
 * stands beside it; elsewhere one `value` is the pay itself.
 */
function payOf(
  posting: JsonObject,
  stated: Posting,
  isEnbeks: boolean,
): [number | null | undefined, number | null | undefined] {
  if (!isEnbeks)
    return stated.pay === undefined ? [undefined, undefined] : [stated.pay?.min ?? null, stated.pay?.max ?? null];
  const summary = posting['_og_description'];
  const whole = typeof summary === 'string' ? readPayFromSummary(summary) : null;
  if (whole !== null) return [whole.min, whole.max];
  if (stated.pay == null) return [stated.pay, stated.pay];
  return [stated.pay.min, stated.pay.exact ? undefined : stated.pay.max];
}

const MAX_ID_CHARACTERS = 200;

function externalIdOf(
  stated: Posting,
  facts: { title: string; employerName: string; locationText: string; publishedOn: string },
  warnings: Warning[],
): string {
  const short = (id: string): string => (id.length <= MAX_ID_CHARACTERS ? id : `sha256:${sha256(id)}`);
  const employer = comparable(facts.employerName.replace(/["«»“”„']/g, ''));
  if (stated.identifier !== null) return short(`${stated.identifier}@${employer}`);
  warnings.push({ code: 'jobposting.id_made', field: 'identifier' });
  const [url] = stated.urls;
  if (url !== undefined) return short(url.replace(/#.*$/, ''));
  return `sha256:${sha256([comparable(facts.title), employer, comparable(facts.locationText), facts.publishedOn].join('\n'))}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
