import { DeskService } from '../questions/desk.service.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

interface Options {
  overdue?: boolean;
  region?: string;
  json?: boolean;
}

/** More than anybody reads at once; the oldest are first. */
const MOST = 1_000;
const BEGINNING = 50;

export const addQuestionsCommand: AddCommand = (program, environment) => {
  program
    .command('questions')
    .description('questions that wait for an answer, by the day they are due, with the desk that owes it')
    .option('--overdue', 'only those whose day has passed')
    .option('--region <code>', 'only those of a region (KZ-59), or of the programme’s own desk (programme)')
    .option('--json', 'print JSON only')
    .action(async ({ overdue, region, json }: Options) => {
      const waiting = await environment.withServices((services) =>
        services.get(DeskService).waiting({ region, overdue, limit: MOST }),
      );
      if (json) {
        environment.print(JSON.stringify(waiting, null, 2));
        return;
      }
      environment.print(
        textTable(
          ['Due', 'Desk', 'Status', 'With', 'About', 'Question'],
          waiting.map((question) => [
            question.overdue ? `${question.dueOn} overdue` : question.dueOn,
            question.regionCode ?? 'programme',
            question.status,
            question.ownerLabel ?? '–',
            question.vacancyTitle ?? question.aboutRegionCode ?? 'programme',
            beginning(question.text ?? ''),
          ]),
        ),
      );
    });
};

function beginning(text: string): string {
  const characters = [...text.replace(/\s+/gu, ' ')];
  return characters.length <= BEGINNING ? characters.join('') : `${characters.slice(0, BEGINNING - 1).join('')}…`;
}
