import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { fromRoot } from '../src/config/paths.js';
import { type Label, readLabels } from '../src/occupations/labels.js';
import { WEIGHTS, traitsOf } from '../src/occupations/resolver/confidence.js';
import { titleModel } from '../src/occupations/resolver/model-file.js';
import { TitleResolver } from '../src/occupations/resolver/title-resolver.js';
import { TitleSuggestions } from '../src/occupations/title-suggestions.js';
import { unitGroups } from '../src/occupations/unit-groups.js';
import { sectorOfArea } from '../src/reference/sectors.js';
import { seededChance } from '../src/shared/chance.js';
import { DIRTS } from './title-dirt.js';

/** Shares in [0, 1] over the labelled titles of one language, or of all. */
export interface Accuracy {
  titles: number;
  top1: number;
  top3: number;
  sector: number;
  /** Of sure answers, those that are right; and the share of titles answered so. Null for a baseline, which is never sure. */
  surePrecision: number | null;
  sureCoverage: number | null;
}

type ByLanguage = Record<'all' | 'kk' | 'ru' | 'en', Accuracy>;

export interface ResolveResult {
  bench: 'resolve';
  labels: number;
  part: string;
  resolver: ByLanguage;
  exactLabel: ByLanguage;
  trigram: ByLanguage;
  /** Titles that a label says letter for letter, and the rest: how many, and who is right there. */
  byExactLabel: Record<'told' | 'rest', { titles: number; resolver: number; trigram: number; neither: number }>;
  /** Titles by their confidence: how sure the resolver is on the average, and how often it is right. */
  calibration: { from: number; titles: number; confidence: number; right: number }[];
  titlesPerSecond: number;
  /** The same by processor time of the process, its other threads included: what a machine that others use too does not change. */
  titlesPerCpuSecond: number;
  /**
   * From the start of a process to its first answer, Node's own start included: by the clock, in that process's own processor time, and
   * what of it a process that does nothing takes (`node -e 0`); and its resident size.
   */
  startMs: number;
  startCpuMs: number;
  nodeStartMs: number;
  nodeStartCpuMs: number;
  residentMb: number;
  /** Suggestions for the first two, four and six letters of each title, in milliseconds by the clock: the middle one, and 99 of 100. */
  suggestion: { medianMs: number; p99Ms: number };
}

interface LabelledTitle {
  part: string;
  lang: 'kk' | 'ru' | 'en';
  title: string;
  sector: string | null;
  /** Acceptable unit groups; none for a title that names no occupation. */
  isco: string[];
}

interface Answer {
  guesses: string[];
  sure: boolean;
  confidence: number;
}

const groups = new Map(unitGroups().map(({ isco, sector }) => [isco, sector]));

function labelledTitles(): LabelledTitle[] {
  const rows: Record<'part' | 'lang' | 'title' | 'area' | 'isco', string>[] = parse(
    readFileSync(fromRoot('test', 'occupations', 'labelled-titles.csv')),
    { columns: true },
  );
  return rows.map(({ part, lang, title, area, isco }) => {
    const sector = sectorOfArea(area === '' ? null : Number(area));
    return {
      part,
      title,
      lang: lang as LabelledTitle['lang'],
      sector: sector === 'unstated' ? null : sector,
      isco: isco === '-' ? [] : isco.split(' '),
    };
  });
}

export async function benchResolve(part: string, rounds: number): Promise<ResolveResult> {
  const labels = readLabels();
  const titles = labelledTitles().filter((one) => part === 'all' || one.part === part);
  const resolver = openResolver();
  const answers = titles.map(({ title, sector }): Answer => {
    const { isco, alternatives, sure, confidence } = resolver.resolve({ title, sector });
    return { guesses: isco === null ? [] : [isco, ...alternatives.map((guess) => guess.isco)], sure, confidence };
  });
  const exact = exactLabels(labels, titles);
  const trigram = await trigrams(labels, titles);
  const start = startedProcess(rounds);
  const speeds = Array.from({ length: rounds }, () => speedOf(resolver, titles));
  return {
    bench: 'resolve',
    labels: labels.length,
    part,
    resolver: byLanguage(titles, answers),
    exactLabel: byLanguage(titles, exact, false),
    trigram: byLanguage(titles, trigram, false),
    byExactLabel: byExactLabel(titles, answers, exact, trigram),
    calibration: calibrationOf(titles, answers),
    titlesPerSecond: Math.round(median(speeds.map(({ second }) => second))),
    titlesPerCpuSecond: Math.round(median(speeds.map(({ cpuSecond }) => cpuSecond))),
    ...start,
    suggestion: suggestionTimes(labels, titles),
  };
}

const openResolver = (): TitleResolver => new TitleResolver(titleModel(), (isco) => groups.get(isco) ?? null);

function isRight({ isco }: LabelledTitle, { guesses }: Pick<Answer, 'guesses'>, within = 1): boolean {
  return isco.length === 0 ? guesses.length === 0 : guesses.slice(0, within).some((guess) => isco.includes(guess));
}

function byLanguage(titles: readonly LabelledTitle[], answers: readonly Answer[], isSure = true): ByLanguage {
  const of = (lang: string): Accuracy => {
    const own = titles.flatMap((title, i) =>
      lang === 'all' || title.lang === lang ? [[title, answers[i]!] as const] : [],
    );
    const share = (is: (title: LabelledTitle, answer: Answer) => boolean): number =>
      own.filter(([title, answer]) => is(title, answer)).length / own.length;
    const sure = share((_, answer) => answer.sure);
    return {
      titles: own.length,
      top1: share((title, answer) => isRight(title, answer)),
      top3: share((title, answer) => isRight(title, answer, 3)),
      sector: share(
        (title, answer) =>
          isRight(title, answer) || title.isco.some((isco) => groups.get(isco) === groups.get(answer.guesses[0] ?? '')),
      ),
      surePrecision: isSure ? share((title, answer) => answer.sure && isRight(title, answer)) / sure : null,
      sureCoverage: isSure ? sure : null,
    };
  };
  return { all: of('all'), kk: of('kk'), ru: of('ru'), en: of('en') };
}

/** How often the titles of a part are read rightly with one kind of dirt, of those that it changes. */
export interface DirtResult {
  dirt: string;
  titles: number;
  resolver: number;
  trigram: number;
  sector: number;
  sureCoverage: number;
  surePrecision: number;
}

/** The same titles with each kind of dirt (`title-dirt.ts`), by the resolver and by trigrams. */
export async function benchDirt(part: string): Promise<DirtResult[]> {
  const chance = seededChance(7);
  const clean = labelledTitles().filter((one) => (part === 'all' || one.part === part) && one.isco.length > 0);
  const soiled = DIRTS.map(({ name, soil }) => ({
    name,
    titles: clean
      .map((one) => ({ ...one, title: soil(one.title, one.lang, chance) }))
      .filter(({ title }, i) => name === DIRTS[0]!.name || title !== clean[i]!.title),
  }));
  const resolver = openResolver();
  const nearest = await trigrams(
    readLabels(),
    soiled.flatMap(({ titles }) => titles),
  );
  let from = 0;
  return soiled.map(({ name, titles }) => {
    const own = nearest.slice(from, (from += titles.length));
    const answers = titles.map(({ title, sector }): Answer => {
      const { isco, sure, confidence } = resolver.resolve({ title, sector });
      return { guesses: isco === null ? [] : [isco], sure, confidence };
    });
    const { top1, sector, sureCoverage, surePrecision } = byLanguage(titles, answers).all;
    return {
      dirt: name,
      titles: titles.length,
      resolver: top1,
      trigram: byLanguage(titles, own, false).all.top1,
      sector,
      sureCoverage: sureCoverage!,
      surePrecision: surePrecision!,
    };
  });
}

/** Baseline: a label that is the title, letter for letter but for case and ё. */
function exactLabels(labels: readonly Label[], titles: readonly LabelledTitle[]): Answer[] {
  const key = (title: string): string => title.toLowerCase().replaceAll('ё', 'е').trim();
  const known = new Map(labels.map(({ title, isco }) => [key(title), isco]));
  return titles.map(({ title }) => {
    const isco = known.get(key(title));
    return { guesses: isco === undefined ? [] : [isco], sure: false, confidence: 0 };
  });
}

/** Baseline: the unit groups of the labels that PostgreSQL's `pg_trgm` finds most similar. */
async function trigrams(labels: readonly Label[], titles: readonly LabelledTitle[]): Promise<Answer[]> {
  // Loaded only here: the process whose start is measured has no use for a database.
  const [{ default: pg }, { startPostgres }] = await Promise.all([import('pg'), import('./own-postgres.js')]);
  const { url, stop } = await startPostgres('resolve', new Date());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('create table label (isco text not null, title text not null)');
    await client.query(
      `insert into label select x->>0, lower(replace(x->>1, 'ё', 'е')) from jsonb_array_elements($1::jsonb) x`,
      [JSON.stringify(labels.map(({ isco, title }) => [isco, title]))],
    );
    await client.query('create index on label using gist (title gist_trgm_ops)');
    await client.query('analyze label');
    const answers: Answer[] = [];
    for (const { title } of titles) {
      const { rows } = await client.query<{ isco: string }>(
        `select isco from label order by title <-> lower(replace($1, 'ё', 'е')), title limit 20`,
        [title],
      );
      answers.push({ guesses: [...new Set(rows.map(({ isco }) => isco))], sure: false, confidence: 0 });
    }
    return answers;
  } finally {
    await client.end();
    await stop();
  }
}

function byExactLabel(
  titles: readonly LabelledTitle[],
  resolver: readonly Answer[],
  exact: readonly Answer[],
  trigram: readonly Answer[],
): ResolveResult['byExactLabel'] {
  const of = (told: boolean): ResolveResult['byExactLabel']['told'] => {
    const own = [...titles.keys()].filter((i) => exact[i]!.guesses.length > 0 === told);
    const share = (is: (i: number) => boolean): number => own.filter(is).length / own.length;
    return {
      titles: own.length,
      resolver: share((i) => isRight(titles[i]!, resolver[i]!)),
      trigram: share((i) => isRight(titles[i]!, trigram[i]!)),
      neither: share((i) => !isRight(titles[i]!, resolver[i]!) && !isRight(titles[i]!, trigram[i]!)),
    };
  };
  return { told: of(true), rest: of(false) };
}

function calibrationOf(titles: readonly LabelledTitle[], answers: readonly Answer[]): ResolveResult['calibration'] {
  return [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95].flatMap((from, i, edges) => {
    const to = edges[i + 1] ?? 1.01;
    const own = titles.flatMap((title, n) => {
      const answer = answers[n]!;
      return answer.guesses.length > 0 && answer.confidence >= from && answer.confidence < to
        ? [{ title, answer }]
        : [];
    });
    if (own.length === 0) return [];
    const confidence = own.reduce((sum, { answer }) => sum + answer.confidence, 0) / own.length;
    const right = own.filter(({ title, answer }) => isRight(title, answer)).length / own.length;
    return [{ from, titles: own.length, confidence, right }];
  });
}

const MEASURED_TITLES = 40_000;

function speedOf(resolver: TitleResolver, titles: readonly LabelledTitle[]): { second: number; cpuSecond: number } {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  for (let i = 0; i < MEASURED_TITLES; i++) resolver.resolve(titles[i % titles.length]!);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuStart);
  return { second: (MEASURED_TITLES / ms) * 1e3, cpuSecond: (MEASURED_TITLES / (user + system)) * 1e6 };
}

function suggestionTimes(labels: readonly Label[], titles: readonly LabelledTitle[]): ResolveResult['suggestion'] {
  const suggestions = new TitleSuggestions();
  suggestions.add(labels);
  const times = titles.flatMap(({ title, lang }) =>
    [2, 4, 6].map((letters) => {
      const start = performance.now();
      suggestions.suggest(title.slice(0, letters), lang, 10);
      return performance.now() - start;
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.floor(times.length * share)]! * 10) / 10;
  return { medianMs: at(0.5), p99Ms: at(0.99) };
}

const SPENT = 'const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1000))';

/** Called in a process of its own: one title, then what it took. */
function answerOnce(): void {
  openResolver().resolve({ title: 'эл.газосварщик 5р' });
  const { user, system } = process.cpuUsage();
  process.stdout.write(JSON.stringify({ cpuMs: (user + system) / 1000, bytes: process.memoryUsage.rss() }));
}

type Start = Pick<ResolveResult, 'startMs' | 'startCpuMs' | 'nodeStartMs' | 'nodeStartCpuMs' | 'residentMb'>;

function startedProcess(rounds: number): Start {
  const timed = (...args: string[]): { ms: number; said: string } => {
    const start = performance.now();
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { ms: performance.now() - start, said: stdout };
  };
  const bare = Array.from({ length: rounds }, () => timed('-e', SPENT));
  const runs = Array.from({ length: rounds }, () => {
    const { ms, said } = timed(fileURLToPath(import.meta.url), '--once');
    return { ms, ...(JSON.parse(said) as { cpuMs: number; bytes: number }) };
  });
  return {
    startMs: Math.round(median(runs.map(({ ms }) => ms))),
    startCpuMs: Math.round(median(runs.map(({ cpuMs }) => cpuMs))),
    nodeStartMs: Math.round(median(bare.map(({ ms }) => ms))),
    nodeStartCpuMs: Math.round(median(bare.map(({ said }) => Number(said)))),
    residentMb: Math.round(median(runs.map(({ bytes }) => bytes)) / 1e6),
  };
}

/** The weights of `confidence.ts` anew, from the development parts: logistic regression by gradient descent, a little ridge. */
function calibrate(): void {
  const resolver = openResolver();
  const examples = labelledTitles()
    .filter(({ part }) => part.endsWith('dev'))
    .flatMap((title) => {
      const evidence = resolver.weigh(title);
      if (evidence === null) return [];
      const { isco } = resolver.resolve(title);
      return [
        { traits: Object.values(traitsOf(evidence)), right: isRight(title, { guesses: isco === null ? [] : [isco] }) },
      ];
    });
  const names = Object.keys(WEIGHTS);
  const weights = names.map(() => 0);
  for (let step = 0; step < 20_000; step++) {
    const slope = weights.map((weight, i) => (i === 0 ? 0 : 0.5 * weight));
    for (const { traits, right } of examples) {
      const odds = traits.reduce((sum, trait, i) => sum + trait * weights[i]!, 0);
      const error = 1 / (1 + Math.exp(-odds)) - Number(right);
      for (const [i, trait] of traits.entries()) slope[i]! += error * trait;
    }
    for (const [i, value] of slope.entries()) weights[i]! -= (2 * value) / examples.length;
  }
  for (const [i, name] of names.entries()) process.stdout.write(`  ${name}: ${weights[i]!.toFixed(3)},\n`);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function printTable(result: ResolveResult): void {
  const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
  const lines = [`resolve: ${result.labels} labels, part ${result.part} of the labelled titles`];
  for (const method of ['resolver', 'exactLabel', 'trigram'] as const) {
    for (const [language, one] of Object.entries(result[method])) {
      lines.push(
        `${method.padEnd(11)} ${language.padEnd(4)} ${String(one.titles).padStart(5)} titles  top-1 ${percent(one.top1)}  top-3 ${percent(one.top3)}  ` +
          `sector ${percent(one.sector)}  sure ${percent(one.sureCoverage)}, of which right ${percent(one.surePrecision)}`,
      );
    }
  }
  for (const [name, one] of Object.entries(result.byExactLabel)) {
    lines.push(
      `${name === 'told' ? 'a label letter for letter' : 'no such label'}: ${one.titles} titles, right: resolver ${percent(one.resolver)}, trigram ${percent(one.trigram)}, neither ${percent(one.neither)}`,
    );
  }
  for (const { from, titles, confidence, right } of result.calibration) {
    lines.push(
      `confidence from ${from}: ${titles} titles, ${percent(confidence)} on the average, right ${percent(right)}`,
    );
  }
  lines.push(
    `${result.titlesPerSecond} titles a second on one core, ${result.titlesPerCpuSecond} a second of processor time`,
    `first answer after ${result.startMs} ms, ${result.startCpuMs} ms of processor time (of them Node's own start ${result.nodeStartMs} and ${result.nodeStartCpuMs}), ${result.residentMb} MB`,
    `suggestions after ${result.suggestion.medianMs} ms, 99 of 100 within ${result.suggestion.p99Ms} ms`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

function printDirt(results: readonly DirtResult[]): void {
  const percent = (share: number): string => (100 * share).toFixed(1).padStart(5);
  for (const { dirt, titles, resolver, trigram, sector, sureCoverage, surePrecision } of results) {
    process.stdout.write(
      `${dirt.padEnd(26)} ${String(titles).padStart(4)} titles, right: resolver ${percent(resolver)} %, trigram ${percent(trigram)} %, ` +
        `lead ${percent(resolver - trigram)}; sector ${percent(sector)} %, sure ${percent(sureCoverage)} %, of which right ${percent(surePrecision)} %\n`,
    );
  }
}

/** Called as a program: `[--part dev|test|fresh|blind|field-dev|field-test|board-dev|board-test|all] [--rounds n] [--json] [--dirt] [--calibrate]`. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      calibrate: { type: 'boolean', default: false },
      dirt: { type: 'boolean', default: false },
      part: { type: 'string', default: 'test' },
      rounds: { type: 'string', default: '5' },
    },
  });
  if (values.once) answerOnce();
  else if (values.calibrate) calibrate();
  else if (values.dirt) {
    const results = await benchDirt(values.part);
    if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`);
    else printDirt(results);
  } else {
    const result = await benchResolve(values.part, Number(values.rounds));
    if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    else printTable(result);
  }
}
