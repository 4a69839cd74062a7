import type { INestApplicationContext } from '@nestjs/common';
import { Argument } from 'commander';
import { QuotaUseService } from '../centres/quota-use.service.js';
import { translate } from '../i18n/i18n.js';
import type { RegionTable } from '../outcomes/figure-tables.js';
import { FiguresService } from '../outcomes/figures.service.js';
import { FLOW_STATES } from '../outcomes/flows.js';
import { FlowsService } from '../outcomes/flows.service.js';
import { TimesService } from '../outcomes/times.service.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

interface Options {
  on?: string;
  year?: string;
  json?: boolean;
}

interface Figure {
  /** As the API answers it. */
  answer: object;
  /** The same as tables of plain text, each under its heading. */
  inWords(say: Say): string[];
}

type Say = (code: string) => string;

const FIGURES: Record<string, (services: INestApplicationContext, options: Options) => Promise<Figure>> = {
  async flows(services) {
    const answer = await services.get(FlowsService).flows();
    return {
      answer,
      inWords: (say) => [
        headed(
          say('page.analyst.flows_title'),
          [
            say('page.analyst.flows_origin'),
            say('page.analyst.flows_reception'),
            ...FLOW_STATES.map((state) => say(`page.analyst.flows_${state}`)),
          ],
          answer.flows.map((flow) => [
            flow.origin,
            flow.reception,
            ...FLOW_STATES.map((state) => flow[state].households ?? FEW),
          ]),
        ),
      ],
    };
  },
  async quotas(services, { on }) {
    const answer = await services.get(QuotaUseService).quotas(on);
    const columns = ['quota', 'approved', 'reserved', 'taken', 'left'];
    return {
      answer,
      inWords: (say) => [
        headed(
          say('page.analyst.quotas_title'),
          [
            say('page.regions.region'),
            ...['category', ...columns, 'since'].map((name) => say(`page.analyst.quotas_${name}`)),
          ],
          answer.quotas.map(({ region, category, quota, approvedPersons, reserved, taken, left }) => [
            region,
            say(`page.analyst.quotas_${category}`),
            ...[quota?.persons ?? null, approvedPersons, reserved, taken, left].map((value) => value ?? HIDDEN),
            quota === null ? HIDDEN : `${quota.validFrom}${quota.verified ? '' : ` (${say('page.site.unverified')})`}`,
          ]),
        ),
        headed(
          say('page.sources.national_title'),
          ['settlers', 'kandas', 'since'].map((name) => say(`page.analyst.quotas_${name}`)),
          answer.national.map(({ settlers, kandas, validFrom, verified }) => [
            settlers,
            kandas,
            `${validFrom ?? '?'}${verified ? '' : ` (${say('page.site.unverified')})`}`,
          ]),
        ),
      ],
    };
  },
  async outcomes(services) {
    const answer = await services.get(FiguresService).outcomes();
    return {
      answer,
      inWords: (say) => [
        ofRegions(say, 'page.analyst.outcomes_adults', answer.adults, (kind) =>
          kind === 'returned' || kind === 'not_heard' ? `page.analyst.outcomes_${kind}` : `activity.${kind}`,
        ),
        ofRegions(say, 'page.analyst.outcomes_housing', answer.housing, (kind) =>
          kind === 'not_heard' ? 'page.analyst.outcomes_not_heard' : `housing_state.${kind}`,
        ),
      ],
    };
  },
  async returns(services) {
    const answer = await services.get(FiguresService).returns();
    const reason = (code: string): string => `return_reason.${code}`;
    return {
      answer,
      inWords: (say) => [
        ofRegions(say, 'page.analyst.outcomes_returns', answer.households, reason),
        ofRegions(say, 'page.analyst.outcomes_return_persons', answer.persons, reason),
      ],
    };
  },
  async times(services) {
    const answer = await services.get(TimesService).times();
    return {
      answer,
      inWords: (say) =>
        (['forwards', 'decisions', 'answers'] as const).map((what) =>
          headed(
            say(`page.analyst.times_${what}`),
            [
              say('page.regions.region'),
              ...['count', 'median', 'p90', 'open', 'overdue'].map((name) => say(`page.analyst.times_${name}`)),
            ],
            answer[what].map(({ region, ended, medianDays, p90Days, open, overdue }) => [
              region,
              ended ?? FEW,
              medianDays ?? HIDDEN,
              p90Days ?? HIDDEN,
              open ?? FEW,
              overdue ?? FEW,
            ]),
          ),
        ),
    };
  },
  async payments(services, { year }) {
    const answer = await services.get(FiguresService).payments(year);
    return {
      answer,
      inWords: (say) => [
        ofRegions(say, 'page.payments.title', answer.tenge, (code) => `page.analyst.paid_${code}`, HIDDEN),
      ],
    };
  },
};

/** Fewer than five, or a number that would give such a one away. */
const FEW = '<5';
/** Hidden for the same reason where it is no count, or not there at all. */
const HIDDEN = '–';

export const addFiguresCommand: AddCommand = (program, environment) => {
  program
    .command('figures')
    .description('what analysts see of the programme, by region; no number tells of fewer than five')
    .addArgument(new Argument('<what>').choices(Object.keys(FIGURES)))
    .option('--on <date>', 'with quotas: in force on this date (YYYY-MM-DD), today by default')
    .option('--year <year>', 'with payments: of this calendar year, the present one by default')
    .option('--json', 'print JSON only')
    .action(async (what: string, options: Options) => {
      const { answer, inWords } = await environment.withServices((services) => FIGURES[what]!(services, options));
      environment.print(
        options.json
          ? JSON.stringify(answer, null, 2)
          : inWords((code) => translate(environment.language, code)).join('\n\n'),
      );
    });
};

function headed(title: string, header: string[], lines: (string | number)[][]): string {
  return `${title}\n${textTable(header, lines)}`;
}

function ofRegions(
  say: Say,
  title: string,
  { regions, columns, cells, sums, columnSums, total }: RegionTable<string>,
  wordsOf: (column: string) => string,
  hidden = FEW,
): string {
  const shown = (values: readonly (number | null)[]): (string | number)[] => values.map((value) => value ?? hidden);
  return headed(
    say(title),
    [say('page.regions.region'), ...columns.map((column) => say(wordsOf(column))), say('page.analyst.outcomes_sum')],
    [
      ...regions.map((region, r) => [region, ...shown([...cells[r]!, sums[r]!])]),
      [say('page.analyst.outcomes_sum'), ...shown([...columnSums, total])],
    ],
  );
}
