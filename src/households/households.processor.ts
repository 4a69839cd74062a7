import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccountRegister } from '../auth/account-register.service.js';
import { outboxEvent } from '../outbox/outbox.queries.js';
import { JobHandlers } from '../queue/job-handlers.js';

/** The job `end-account`: the account of an erased household goes, if it is not gone already. */
@Injectable()
export class HouseholdsProcessor implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly accounts: AccountRegister,
  ) {}

  onModuleInit(): void {
    this.handlers.register('end-account', async ({ eventId }) => {
      const event = await outboxEvent(this.dataSource, eventId);
      const { accountId, householdId } = event?.payload ?? {};
      if (accountId === undefined) throw new Error(`The event ${eventId} names no account.`);
      await this.accounts.delete(accountId, { id: 'end-account', role: 'system' }, householdId);
    });
  }
}
