import { InvalidArgumentError } from 'commander';
import { translate } from '../i18n/i18n.js';
import { SupportService } from '../programme/support.service.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

interface Options {
  members: number;
  kato: string;
  on?: string;
  json?: boolean;
}

const wholeNumber = (text: string): number => {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('A whole number.');
  return Number(text);
};

export const addSupportCommand: AddCommand = (program, environment) => {
  program
    .command('support')
    .description('what the programme pays a household that moves to a place, and its employer')
    .requiredOption('--members <number>', 'members of the household, children too', wholeNumber)
    .requiredOption('--kato <code>', 'KATO code of the town or village it moves to')
    .option('--on <date>', 'the day whose rules count (YYYY-MM-DD); today by default')
    .option('--json', 'print JSON only')
    .action(async ({ members, kato, on, json }: Options) => {
      const sheet = await environment.withServices((services) =>
        services.get(SupportService).sheet({ members, kato, on }),
      );
      if (json) {
        environment.print(JSON.stringify(sheet, null, 2));
        return;
      }
      const say = (code: string): string => translate(environment.language, code);
      environment.print(
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
            line.tenge ?? '–',
            line.months ?? '',
            line.verified ? '' : say('support.unverified'),
          ]),
        ),
      );
      const { min, max } = sheet.householdFirstYearTenge;
      environment.print(`\n${translate(environment.language, 'support.first_year', { min, max })}`);
    });
};
