/**
 * `npm run bench -- support`: support sheets a second, on one core and without a database. A sheet is what every match carries: the
 * programme's lines with their sources and the household's monthly budget in both places (`moveMoney`); `withEligibility` adds
 * the rules met, missing and unknown and the papers. Households of one to eight in towns, villages and where neither is known, on
 * days of 2017 to 2026, by the rules of `data/programme`. `[sheets] [--json]`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fromRoot } from '../src/config/paths.js';
import { type DatedProgramme, type ListedVersion, knownFacts, programmeOn } from '../src/programme/dated-programme.js';
import { eligibilityOn } from '../src/programme/eligibility.js';
import { readEligibilityRules } from '../src/programme/eligibility-rules.js';
import { type Move, moveMoney } from '../src/programme/move-money.js';
import type { Quota } from '../src/programme/programme.queries.js';
import { readSupportRules } from '../src/programme/support-rules.js';
import { seededChance } from '../src/shared/chance.js';

export interface SupportBench {
  sheets: number;
  rounds: number;
  sheetsPerSecond: number;
  withEligibilityPerSecond: number;
}

interface VersionRow extends Omit<ListedVersion, 'departure' | 'reception'> {
  departure: Record<'verified' | 'unverified', string[]>;
  reception: Record<'verified' | 'unverified', string[]>;
}

const read = <Content>(name: string): Content =>
  JSON.parse(readFileSync(fromRoot('data', 'programme', name), 'utf8')) as Content;

const listed = ({ verified, unverified }: VersionRow['departure']): ListedVersion['departure'] => [
  ...verified.map((regionCode) => ({ regionCode, verified: true })),
  ...unverified.map((regionCode) => ({ regionCode, verified: false })),
];

/** The programme on the first of each month that has a version and an index. */
function days(): DatedProgramme[] {
  const versions = read<VersionRow[]>('versions.json').map((row) => ({
    ...row,
    departure: listed(row.departure),
    reception: listed(row.reception),
  }));
  const quotas = read<{ regional: Quota[] }>('quotas.json').regional;
  const cost = (perHeadTenge: number) => ({ perHeadTenge, period: '2023', source: 'bench', verified: false });
  const livingCosts = new Map([
    ['KZ-61', cost(56_350)],
    ['KZ-59', cost(88_905)],
  ]);
  return Array.from({ length: 120 }, (_, month) => {
    const on = `${2017 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
    return programmeOn({ versions, quotas, livingCosts }, on);
  });
}

function moves(count: number): Move[] {
  const chance = seededChance(2026);
  const pay = (): number | null => (chance.happens(0.1) ? null : chance.whole(80, 500) * 1_000);
  return Array.from({ length: count }, (): Move => {
    const payMinTenge = pay();
    const job = { payMinTenge, payMaxTenge: payMinTenge === null || chance.happens(0.5) ? null : payMinTenge + 50_000 };
    return {
      members: chance.whole(1, 8),
      homeRegionCode: 'KZ-61',
      regionCode: 'KZ-59',
      settlementType: chance.pick(['urban', 'rural', null]),
      adults: [
        { payTenge: pay(), job },
        { payTenge: pay(), job: chance.happens(0.5) ? job : null },
      ],
      housingProvided: chance.happens(0.3),
    };
  });
}

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** Deterministic but for the clock. */
export function benchSupport(sheets = 50_000, rounds = 5): SupportBench {
  const [rules, eligibility] = [readSupportRules(), readEligibilityRules()];
  const [programmes, all] = [days(), moves(sheets)];
  const programmeOf = (i: number): DatedProgramme => programmes[i % programmes.length]!;
  const perSecond = (work: (move: Move, programme: DatedProgramme) => unknown): number => {
    const start = performance.now();
    all.forEach((move, i) => work(move, programmeOf(i)));
    return (sheets / (performance.now() - start)) * 1_000;
  };
  const money = (move: Move, programme: DatedProgramme): unknown => moveMoney(rules, programme, move);
  const both = (move: Move, programme: DatedProgramme): unknown => [
    money(move, programme),
    eligibilityOn(eligibility, {
      on: programme.on,
      known: knownFacts(programme, move, 'permanent'),
      answers: {},
      children: move.members - 1,
    }),
  ];
  const measured = Array.from({ length: rounds }, () => [perSecond(money), perSecond(both)] as const);
  return {
    sheets,
    rounds,
    sheetsPerSecond: Math.round(median(measured.map(([sheet]) => sheet))),
    withEligibilityPerSecond: Math.round(median(measured.map(([, whole]) => whole))),
  };
}

/** Called as a program: `[sheets] [--json]`. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const result = benchSupport(Number(args.find((arg) => /^\d+$/.test(arg)) ?? 50_000));
  if (args.includes('--json')) console.log(JSON.stringify(result));
  else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(26)} ${value}`);
}
