import { ReviewSummaryService } from '../centres/review-summary.service.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

export const addQueuesCommand: AddCommand = (program, environment) => {
  program
    .command('queues')
    .description('each region: proposals waiting for review, quota, and the notices of its BullMQ queue')
    .option('--json', 'print JSON only')
    .action(async ({ json }: { json?: boolean }) => {
      const queues = await environment.withServices((services) => services.get(ReviewSummaryService).everyQueue());
      if (json) environment.print(JSON.stringify(queues, null, 2));
      else {
        environment.print(
          textTable(
            [
              'Region',
              'Waiting',
              'Overdue',
              'Claimed',
              'Approved',
              'Left after promises',
              'Notices sent',
              'waiting',
              'failed',
              'Quota',
            ],
            queues.map((queue) => [
              queue.regionCode,
              queue.waiting,
              queue.overdue,
              queue.claimed,
              queue.approved,
              queue.quotaLeftPersons ?? '–',
              queue.noticesSent,
              queue.noticesWaiting,
              queue.noticesFailed,
              queue.quotaVerified ? '' : 'unverified',
            ]),
          ),
        );
      }
    });
};
