import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Notices and jobs that survive what happens around them: an event is finished when its job is, so that a job that was lost
 * or has failed is found; a channel's pace is one for all processes.
 */
export class Notices1764600000000 implements MigrationInterface {
  name = 'Notices1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    // The owner too is held by the policies: without this the update below would see no row.
    await runner.query(`select set_config('qonys.role', 'program', true)`);
    await runner.query(events);
    await runner.query(deliveries);
    await runner.query(pace);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/** Events that are in their queues already keep their jobs; they are not looked after again. */
const events = `
alter table outbox_event add column finished_at timestamptz;
update outbox_event set finished_at = enqueued_at where enqueued_at is not null;
create index outbox_event_unfinished on outbox_event (enqueued_at) where finished_at is null and enqueued_at is not null;
create index outbox_event_proposal on outbox_event ((payload->>'proposalId'));
`;

const deliveries = `
alter table delivery alter column attempts type integer;
create index delivery_unfinished on delivery (created_at) where finished_at is null;
create index in_app_message_household on in_app_message (household_id, id);
`;

/** When the next message may go out by a channel whose gateway sets a pace for the whole account. */
const pace = `
create table channel_pace (channel text primary key, next_at timestamptz not null);
grant select, insert, update on channel_pace to qonys_app;
`;
