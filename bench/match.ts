import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type GrowthPoint, benchGrowth } from './growth.js';
import { type BesideDuckdb, type BesidePostgres, benchDuckdb, benchPostgres } from './match-databases.js';
import { type DemoMatch, benchDemoMatch } from './match-demo.js';
import { type ScaleBench, benchMatchAtScale } from './match-scale.js';
import { matchTable } from './match-table.js';
import { type NewVacancyBench, benchNewVacancy } from './new-vacancy.js';
import { K } from './scale-engine.js';
import { type MatchHttpBench, benchMatchHttp } from './match-http.js';
import { type VacancyChangeBench, benchVacancyChange } from './vacancy-change.js';

/** What a benchmark of the matcher measured; the parts that were not asked for are missing. */
export interface MatchBench {
  seekers: number;
  vacancies: number;
  k: number;
  rounds: number;
  demo?: DemoMatch;
  scale?: ScaleBench;
  /** From `scale`. */
  scoredShare?: number;
  speedupOfTwo?: number;
  peakRssMb?: number;
  duckdb?: BesideDuckdb;
  /** Seekers a second of two processes ÷ those of DuckDB with two threads. */
  ratioToDuckdb?: number;
  postgres?: BesidePostgres;
  /** Seekers a second of one process ÷ those of PostgreSQL over one connection; of two, over two. */
  ratioToPostgres?: { one: number; two: number };
  newVacancy?: NewVacancyBench;
  growth?: GrowthPoint[];
  http?: MatchHttpBench;
  vacancyChange?: VacancyChangeBench;
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Of the demo's market. */
    runs: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    seekers: { type: 'string', default: '1000000' },
    vacancies: { type: 'string', default: '100000' },
    only: { type: 'string', default: 'demo,scale,duckdb,postgres,new-vacancy,growth,http,vacancy-change' },
    'duckdb-seekers': { type: 'string', default: '50000' },
    'postgres-seekers': { type: 'string', default: '10000' },
  },
});
const [seekers, vacancies, rounds] = [values.seekers, values.vacancies, values.rounds].map(Number) as [
  number,
  number,
  number,
];

const PARTS: Record<string, () => Promise<Partial<MatchBench>> | Partial<MatchBench>> = {
  demo: () => ({ demo: benchDemoMatch(Number(values.runs)) }),
  scale: async () => {
    const scale = await benchMatchAtScale(seekers, vacancies, rounds);
    const { scoredShare, speedupOfTwo, two } = scale;
    return { scale, scoredShare, speedupOfTwo, peakRssMb: two.peakRssMb };
  },
  duckdb: async () => {
    const duckdb = await benchDuckdb(seekers, vacancies, Number(values['duckdb-seekers']), rounds);
    return { duckdb, ratioToDuckdb: duckdb.ratio };
  },
  postgres: async () => {
    const postgres = await benchPostgres(seekers, vacancies, Number(values['postgres-seekers']), rounds);
    return { postgres, ratioToPostgres: { one: postgres.one.ratio, two: postgres.two.ratio } };
  },
  'new-vacancy': () => ({ newVacancy: benchNewVacancy(seekers, vacancies) }),
  growth: async () => ({ growth: await benchGrowth(seekers, vacancies) }),
  http: async () => ({ http: await benchMatchHttp(rounds) }),
  'vacancy-change': async () => ({ vacancyChange: await benchVacancyChange() }),
};

/** One part in a process of its own, so that none of them is measured in the memory that another left behind. */
function inProcess(part: string): Partial<MatchBench> {
  const program = fileURLToPath(import.meta.url);
  const run = spawnSync(process.execPath, [program, ...process.argv.slice(2), '--only', part, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new Error(`The part ${part} failed.`);
  return JSON.parse(run.stdout) as Partial<MatchBench>;
}

const wanted = values.only.split(',');
const unknown = wanted.filter((part) => !(part in PARTS));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
let bench: MatchBench = { seekers, vacancies, k: K, rounds };
for (const part of wanted) {
  bench = { ...bench, ...(wanted.length === 1 ? await PARTS[part]!() : inProcess(part)) };
}
console.log(values.json ? JSON.stringify(bench) : matchTable(bench));
