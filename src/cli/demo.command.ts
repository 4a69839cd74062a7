import { translate } from '../i18n/i18n.js';
import type { AddCommand } from './cli.js';
import { loadDemo } from './demo/load.js';
import { enterQuestions } from './demo/questions.js';
import { ingestFacts, ingestText } from './ingest-words.js';
import { ingestBar } from './progress.js';

export const addDemoCommand: AddCommand = (program, environment) => {
  program
    .command('demo')
    .description('load the synthetic demo (Table 1 of the seed paper and 3,000 households) and match it')
    .option('--json', 'print JSON only')
    .action(async ({ json }: { json?: boolean }) => {
      const bar = ingestBar(environment.interactive && !json);
      const { ingest, householdsInserted, match } = await environment.withServices(async (services) => {
        const wish = { step: environment.remark, ingest: bar.show };
        const loaded = await loadDemo(services, wish, environment.signal).finally(bar.end);
        await enterQuestions(services);
        return loaded;
      });
      const { language } = environment;
      if (json) {
        environment.print(
          JSON.stringify({ ingest: ingestFacts(ingest, language), householdsInserted, match }, null, 2),
        );
      } else {
        environment.print(ingestText(ingest, language));
        environment.print(
          translate(language, 'cli.demo.done', { households: householdsInserted, proposals: match.proposalsMade }),
        );
      }
    });
};
