import { InvalidArgumentError } from 'commander';
import type { Language } from '../i18n/language.js';
import { translate } from '../i18n/i18n.js';
import { HouseholdSupportService } from '../matching/household-support.service.js';
import type { MonthlyBudget, TengeSpan } from '../programme/budget.js';
import { type SupportSheet, isFirstYearVerified } from '../programme/support.js';
import { SupportService } from '../programme/support.service.js';
import type { Actor } from '../shared/access.js';
import { isUuid } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

interface Options {
  members?: number;
  kato?: string;
  household?: string;
  vacancy?: string;
  on?: string;
  rentHere?: number;
  rentThere?: number;
  json?: boolean;
}

const wholeNumber = (text: string): number => {
  if (!/^\d{1,8}$/.test(text)) throw new InvalidArgumentError('A whole number.');
  return Number(text);
};

const id = (text: string): string => {
  if (!isUuid(text)) throw new InvalidArgumentError('The id (UUID) of a stored record.');
  return text;
};

/** Whoever may run commands has the database anyway. */
const OPERATOR: Actor = {
  id: 'command-line',
  label: 'command line',
  role: 'system',
  regionCode: null,
  employerId: null,
  householdId: null,
  via: 'token',
};

export const addSupportCommand: AddCommand = (program, environment) => {
  program
    .command('support')
    .description('what the programme pays a household that moves to a place, and its employer')
    .option('--members <number>', 'members of the household, children too', wholeNumber)
    .option('--kato <code>', 'KATO code of the town or village it moves to')
    .option(
      '--household <id>',
      'a stored household; with --vacancy also its monthly budget and what it must fulfil',
      id,
    )
    .option('--vacancy <id>', 'a stored vacancy', id)
    .option('--on <date>', 'the day whose rules count (YYYY-MM-DD); today by default')
    .option('--rent-here <tenge>', 'rent that a stored household pays now, a month', wholeNumber)
    .option('--rent-there <tenge>', 'rent that it would pay there', wholeNumber)
    .option('--json', 'print JSON only')
    .action(async ({ members, kato, household, vacancy, on, rentHere, rentThere, json }: Options) => {
      const { language } = environment;
      if (household !== undefined && vacancy !== undefined) {
        const rentTenge = { here: rentHere ?? null, there: rentThere ?? null };
        const found = await environment.withServices((services) =>
          services.get(HouseholdSupportService).supported(OPERATOR, household, vacancy, { on, rentTenge }),
        );
        if (json) return environment.print(JSON.stringify(found, null, 2));
        printSheet(found, language, environment.print);
        printBudget(found.budget, language, environment.print);
        environment.print('');
        environment.print(
          textTable(
            [],
            found.eligibility.rules.map(({ code, state, verified }) => [
              translate(language, `programme.state.${state}`),
              translate(language, `programme.rule.${code}`),
              verified ? '' : translate(language, 'support.unverified'),
            ]),
          ),
        );
        return;
      }
      if (members === undefined || kato === undefined) throw new Problem('support.options', 400);
      const sheet = await environment.withServices((services) =>
        services.get(SupportService).sheet({ members, kato, on }),
      );
      if (json) environment.print(JSON.stringify(sheet, null, 2));
      else printSheet(sheet, language, environment.print);
    });
};

function printSheet(sheet: SupportSheet, language: Language, print: (line: string) => void): void {
  const say = (code: string): string => translate(language, code);
  print(
    textTable(
      [
        say('support.head.kind'),
        say('support.head.payee'),
        'MCI',
        say('support.head.tenge'),
        say('support.head.months'),
        '',
      ],
      sheet.lines.map((line) => [
        say(`support.${line.code}`),
        say(`support.payee.${line.payee}`),
        line.mci ?? '–',
        monthlyOf(line) ?? line.tenge ?? '–',
        line.months ?? '',
        line.verified ? '' : say('support.unverified'),
      ]),
    ),
  );
  const { min, max } = sheet.householdFirstYearTenge;
  const mark = isFirstYearVerified(sheet) ? '' : ` (${say('support.unverified')})`;
  print(`\n${translate(language, 'support.first_year', { min, max })}${mark}`);
}

/** Where a payment is a range, the range as in the sum. */
function monthlyOf({ months, firstYearTenge }: SupportSheet['lines'][number]): string | null {
  if (months === null || firstYearTenge === null || firstYearTenge.min === firstYearTenge.max) return null;
  return `${firstYearTenge.min / months} – ${firstYearTenge.max / months}`;
}

function printBudget(
  { lines, left, compared }: MonthlyBudget,
  language: Language,
  print: (line: string) => void,
): void {
  const say = (code: string): string => translate(language, code);
  const span = (of: TengeSpan | null): string | number =>
    of === null ? '–' : of.min === of.max ? of.min! : `${of.min ?? '…'} – ${of.max ?? '…'}`;
  // After the move there is no place to compare with.
  const columns = <Cell>(here: Cell, there: Cell): Cell[] => (compared ? [here, there] : [there]);
  print('');
  print(
    textTable(
      [say('budget.head.month'), ...columns(say('budget.head.here'), say('budget.head.there')), ''],
      [
        ...lines.map(({ code, here, there }) => [
          say(`budget.${code}`),
          ...columns(span(here), span(there)),
          [here, there].every((one) => one === null || one.verified) ? '' : say('support.unverified'),
        ]),
        [say('budget.left'), ...columns(span(left.here), span(left.there)), ''],
      ],
    ),
  );
}
