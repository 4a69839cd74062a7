import { translate } from '../i18n/i18n.js';
import { SupportService } from '../programme/support.service.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

export const addProgrammeCommand: AddCommand = (program, environment) => {
  program
    .command('programme')
    .description('index, measures, departure and reception regions and quotas in force on a day, with their sources')
    .option('--on <date>', 'the day (YYYY-MM-DD); today by default')
    .option('--json', 'print JSON only')
    .action(async ({ on, json }: { on?: string; json?: boolean }) => {
      const found = await environment.withServices((services) => services.get(SupportService).overview(on));
      if (json) {
        environment.print(JSON.stringify(found, null, 2));
        return;
      }
      const say = (code: string): string => translate(environment.language, code);
      const mark = (verified: boolean): string => (verified ? '' : say('support.unverified'));
      const { mci, measures, version, departure, reception, quotas, nationalQuotas } = found;
      const regions = (list: typeof departure): string =>
        list.map(({ regionCode, verified }) => `${regionCode}${verified ? '' : '*'}`).join(' ');
      environment.print(
        textTable(
          [say('programme.head.what'), say('programme.head.from'), '', say('programme.head.source'), ''],
          [
            ['MCI', mci.from, mci.tenge, mci.source, mark(mci.verified)],
            ...measures.flatMap((measure) => [
              [
                say(`support.${measure.code}`),
                measure.from,
                measure.tenge ?? '',
                measure.source,
                mark(measure.verified),
              ],
              ...(measure.kind === 'by_size' ? measure.scale : []).map(({ persons, urban, rural, verified }) => [
                translate(environment.language, 'programme.rent_step', { persons }),
                '',
                translate(environment.language, 'programme.rent_tenge', {
                  urban: urban * mci.tenge,
                  rural: rural * mci.tenge,
                }),
                '',
                mark(verified),
              ]),
            ]),
            [
              say('programme.head.departure'),
              version.validFrom,
              regions(departure),
              version.source,
              mark(version.verified),
            ],
            [
              say('programme.head.reception'),
              version.validFrom,
              regions(reception),
              version.source,
              mark(version.verified),
            ],
            ...quotas.map(({ regionCode, category, persons, validFrom, revision, source, verified }) => [
              `${say(`programme.category.${category}`)} ${regionCode} (${revision})`,
              validFrom,
              persons,
              source,
              mark(verified),
            ]),
            ...nationalQuotas.map(({ settlers, kandas, validFrom, source, verified }) => [
              say('programme.head.national'),
              validFrom ?? '?',
              `${settlers} + ${kandas}`,
              source,
              mark(verified),
            ]),
          ],
        ),
      );
      environment.print(`\n${say('programme.star')}`);
    });
};
