import type { CheerioAPI } from 'cheerio';
import { checkBin } from '../../../shared/identity-number.js';
import type { EmployerClaim, ReadContext, VacancyClaim, Warning } from '../../connector.js';
import { badgesOfPage, readBadges } from '../badges.js';
import { readDate } from '../dates.js';
import { enbekUidOf } from '../enbek-address.js';
import {
  areaOfWords,
  drivingCategory,
  educationOfWords,
  employmentOfWords,
  experienceOfWords,
  languageOfWords,
  scheduleOfWords,
} from '../enbek-codes.js';
import { postingsOfPage } from '../json-ld.js';
import { blockText, firstText } from '../page-text.js';
import { oneLine } from '../plain-text.js';
import { type Posting, readPosting } from '../posting.js';
import { RecordFault, knownWord, refuseReversedPay, shown, unknownWords } from '../record-fields.js';
import {
  isOtherPeriod,
  isUnreadPay,
  payOfOtherPeriod,
  readPayFromSummary,
  readPayText,
  type StatedPay,
} from '../salary-text.js';
import { type Label, type Labels, readLabels } from './labels.js';

/** One page under reading: its elements, its JSON-LD when that could be read, and what was found odd. */
interface Page {
  $: CheerioAPI;
  values: Labels['values'];
  /** A label that is not there is not there: no unknown one may stand for it. */
  labelsKnown: boolean;
  posting: Posting | null;
  warnings: Warning[];
}

/**
 * A vacancy page → claim. The body is believed before the JSON-LD, which loses quotes, the upper pay and the archive notice.
 * `id` is Enbek's id by the page's address. Throws `RecordFault` for a missing or impossible value.
 */
export function readVacancyPage(
  $: CheerioAPI,
  id: string | null,
  context: ReadContext,
): { claim: VacancyClaim; warnings: Warning[] } {
  const page = openPage($);
  const { posting, warnings } = page;
  const required = <Value>(value: Value | null | undefined, field: string): Value => {
    if (value === null || value === undefined || value === '') throw new RecordFault('record.missing_field', field);
    return value;
  };
  const identifier = posting?.identifier ?? null;
  const externalId = required(id ?? (identifier !== null && /^\d{1,18}$/.test(identifier) ? identifier : null), 'id');
  if (identifier !== null && identifier !== externalId)
    warnings.push({ code: 'page.sources_differ', field: 'id', params: { field: 'id' } });
  const publishedOn = required(publishedDate(page) ?? posting?.publishedOn, 'published');
  const validUntil = posting === null ? undefined : posting.validUntil;
  if (validUntil && validUntil < publishedOn)
    throw new RecordFault('record.dates_reversed', 'validThrough', { from: publishedOn, to: validUntil });
  const claim: VacancyClaim = {
    externalId,
    title: required(firstText($, 'h4.title') ?? posting?.title, 'title'),
    locationText: required(
      labelled(page, 'location') ?? posting?.locationText ?? firstText($, '.item-list li.location'),
      'location',
    ),
    employer: readEmployer(page, required),
    publishedOn,
    addressText: either(labelled(page, 'address'), posting?.addressText),
    uid: enbekUidOf(`${$('ul.info').text()} ${$('a[href*="PR"]').attr('href') ?? ''}`),
    url: pageUrl($, context),
    subtitle: outsideEmployer($, '.subtitle') ?? (posting?.description ? oneLine(posting.description) : null),
    // Every vacancy of Enbek's has an area: a page on which none is found was not understood.
    areaId: words(page, 'category', outsideEmployer($, '.category') ?? undefined, areaOfWords),
    ...readPay(page),
    employment: words(page, 'employment', labelled(page, 'employment'), employmentOfWords),
    schedule: either(words(page, 'schedule', labelled(page, 'schedule'), scheduleOfWords), posting?.schedule),
    education: either(words(page, 'education', labelled(page, 'education'), educationOfWords), posting?.education),
    experience: either(words(page, 'experience', labelled(page, 'experience'), experienceOfWords), posting?.experience),
    openings: words(page, 'openings', labelled(page, 'openings'), countOf),
    openingsYouth: words(page, 'openings_youth', labelled(page, 'openingsYouth'), countOf),
    duties: page.values.has('duties') || page.labelsKnown ? readDuties(page) : undefined,
    skills: items(page, 'skills') ?? (posting !== null || page.labelsKnown ? (posting?.skills ?? []) : undefined),
    languages: readLanguages(page),
    driving: readDriving(page),
    ...readBadges(badgesOfPage($), warnings),
    validUntil,
    archived: isArchived($),
  };
  return { claim, warnings };
}

function openPage($: CheerioAPI): Page {
  const warnings: Warning[] = [];
  const { postings, broken } = postingsOfPage($);
  if (broken > 0) warnings.push({ code: 'page.broken_jsonld' });
  const posting = postings[0] === undefined ? null : readPosting(postings[0], warnings);
  const { values, unknown } = readLabels($);
  if (unknown.length > 0)
    warnings.push({ code: 'page.unknown_label', field: 'label', params: { value: shown(unknown.join(', ')) } });
  return { $, values, labelsKnown: values.size > 0 && unknown.length === 0, posting, warnings };
}

/** The text beside a label; null = nothing is stated, undefined = an unknown label may stand for this one. */
function labelled(page: Page, label: Label): string | null | undefined {
  const text = oneLine(page.values.get(label)?.text() ?? '');
  return text !== '' ? text : page.values.has(label) || page.labelsKnown ? null : undefined;
}

/** What the body states; what the JSON-LD does where the body does not. */
function either<Value>(
  ofBody: Value | null | undefined,
  ofPosting: Value | null | undefined,
): Value | null | undefined {
  return ofBody ?? ofPosting ?? ofBody;
}

/** The text of an element that does not belong to the employer's block or to a card of another vacancy. */
function outsideEmployer($: CheerioAPI, selector: string): string | null {
  const found = $(selector).filter((_, element) => $(element).closest('.item-list').length === 0);
  return oneLine(found.first().text()) || null;
}

/** Words translated to our word. Of words nobody knows it is not known what they state, so they state nothing anew: undefined. */
function words<Word>(
  page: Page,
  field: string,
  text: string | null | undefined,
  wordOf: (text: string) => Word | null,
): Word | null | undefined {
  return text === null || text === undefined ? text : knownWord(field, text, wordOf, page.warnings);
}

/** List items without their closing semicolons; a value that is no list is divided at semicolons. Undefined without the label. */
function items(page: Page, label: Label): string[] | undefined {
  const value = page.values.get(label);
  if (value === undefined) return undefined;
  const texts =
    value.find('li').length > 0
      ? value
          .find('li')
          .toArray()
          .map((item) => page.$(item).text())
      : value.text().split(';');
  return [...new Set(texts.map((text) => oneLine(text).replace(/[;,.\s]+$/, '')).filter((text) => text !== ''))];
}

const countOf = (text: string): number | null => (/^\d{1,6}$/.test(text) ? Number(text) : null);

function readDuties(page: Page): string | null {
  return blockText(page.$, page.values.get('duties')?.html() ?? '');
}

/** «Вакансия опубликована 03.09.2026», «Бос орын 03.09.2026 жарияланды». */
function publishedDate({ $ }: Page): string | null {
  const line = $('ul.info li')
    .toArray()
    .map((element) => oneLine($(element).text()))
    .find((text) => /опубликован|жариялан/iu.test(text));
  const date = /\d{2}\.\d{2}\.\d{4}/.exec(line ?? '')?.[0];
  return date === undefined ? null : readDate(date);
}

function pageUrl($: CheerioAPI, { origin }: ReadContext): string | undefined {
  const addresses = [$('link[rel="canonical"]').attr('href'), $('meta[property="og:url"]').attr('content'), origin];
  return addresses.find((address) => address !== undefined && /^https?:\/\//i.test(address) && URL.canParse(address));
}

/** The pay by the body, then by the summary for other sites, then by JSON-LD, whose one value is only the lower bound. */
function readPay(page: Page): Pick<VacancyClaim, 'payMinTenge' | 'payMaxTenge'> {
  const { $, posting, warnings } = page;
  const price = outsideEmployer($, '.price');
  if (price !== null && isOtherPeriod(price)) {
    warnings.push(payOfOtherPeriod(price));
    return { payMinTenge: null, payMaxTenge: null };
  }
  const summary = $('meta[property="og:description"]').attr('content');
  const ofBody: StatedPay | null = (price && readPayText(price)) || (summary ? readPayFromSummary(summary) : null);
  // Words in the JSON-LD that nobody knows were warned of as it was read.
  if (ofBody === null && posting !== null && posting.pay === undefined) return {};
  const ofJson = posting?.pay ?? null;
  if (ofBody === null && ofJson === null && price !== null && isUnreadPay(price)) {
    warnings.push(unknownWords('price', price));
    return {};
  }
  if (ofBody !== null && ofJson?.min != null && ofBody.min !== ofJson.min)
    warnings.push({ code: 'page.sources_differ', field: 'price', params: { field: 'price' } });
  const min = ofBody === null ? (ofJson?.min ?? null) : ofBody.min;
  const max = ofBody === null ? (ofJson?.exact === false ? ofJson.max : null) : ofBody.max;
  refuseReversedPay('price', min, max);
  return { payMinTenge: min, payMaxTenge: max };
}

function readDriving(page: Page): string[] | undefined {
  const stated = items(page, 'driving') ?? (page.labelsKnown ? [] : undefined);
  return stated && [...new Set(stated.flatMap((item) => item.split(/[\s,]+/)).map(drivingCategory))];
}

function readLanguages(page: Page): string[] | undefined {
  const stated = items(page, 'languages') ?? (page.labelsKnown ? [] : undefined);
  const languages = stated?.map((item) => {
    const language = languageOfWords(item);
    if (language === null)
      page.warnings.push({ code: 'record.unknown_language', field: 'languages', params: { value: shown(item) } });
    return language ?? item;
  });
  return languages && [...new Set(languages)];
}

/** «Данная вакансия находится в архиве», «Бұл бос жұмыс орны мұрағатта»: the JSON-LD stays live on such a page. */
function isArchived($: CheerioAPI): boolean {
  return $('.alert')
    .toArray()
    .some((element) => /в архив|архиве|архивте|мұрағат|мұрағатта/iu.test($(element).text()));
}

function readEmployer(
  page: Page,
  required: (value: string | null | undefined, field: string) => string,
): EmployerClaim {
  const { $, posting, warnings } = page;
  const link = $('.item-list .title a, .item-list.pea a')
    .toArray()
    .map((element) => ({ name: oneLine($(element).text()), path: decoded($(element).attr('href') ?? '') }))
    .find(({ name, path }) => name !== '' && /\/(?:предприятие|кәсіпорын|enterprise|company)\/\d+/u.test(path));
  const block = $('.item-list.pea').first();
  const bin = binOfScripts($);
  if (bin === 'invalid') warnings.push({ code: 'employer.bin_invalid', field: 'employer.bin' });
  return {
    name: required(link?.name || posting?.employerName || firstText($, '.item-list.pea .title'), 'employer.name'),
    enbekId: link === undefined ? undefined : Number(/\/(\d{1,15})/.exec(link.path)?.[1]),
    // A page without its script (a saved part, a kept raw text) does not speak of the BIN.
    bin: bin === null ? undefined : bin === 'invalid' ? null : bin,
    activity: block.length === 0 ? undefined : oneLine(block.find('.category').first().text()) || null,
    headcount: block.length === 0 ? undefined : headcountOf(block.text()),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** «Количество работников: 201», «Қызметкерлер саны: 201». */
function headcountOf(text: string): number | null {
  const found = /(?:Количество работников|(?:Қызметкерлер|Жұмыскерлер)(?:дің)? саны)\s*:?\s*(\d[\d\s]{0,8})/iu.exec(
    text,
  )?.[1];
  return found === undefined ? null : Number(found.replace(/\s/g, ''));
}

/** The employer's BIN, which stands only in an inline script that asks another service by it. */
function binOfScripts($: CheerioAPI): string | 'invalid' | null {
  const scripts = $('script:not([type*="ld+json"])')
    .toArray()
    .map((element) => $(element).text())
    .filter((text) => /getObjectByBin|ByBinShort|\bbin\b/i.test(text));
  const numbers = scripts.flatMap((text) => [...text.matchAll(/(?<!\d)\d{12}(?!\d)/g)].map(([number]) => number));
  const valid = numbers.map((number) => checkBin(number)).find((check) => check.ok);
  return valid?.ok ? valid.bin : numbers.length > 0 ? 'invalid' : null;
}
