import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ApplicationsService } from '../applications/applications.service.js';
import { outboxEvent } from '../outbox/outbox.queries.js';
import { JobHandlers } from '../queue/job-handlers.js';
import { AutoApproveService } from './auto-approve.service.js';
import { WithdrawalService } from './withdrawal.service.js';

/** The jobs of the `review` queue. Each reads its event and calls one use case, which may run twice without harm. */
@Injectable()
export class CentresProcessor implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly handlers: JobHandlers,
    private readonly withdrawals: WithdrawalService,
    private readonly autoApproval: AutoApproveService,
    private readonly applications: ApplicationsService,
  ) {}

  onModuleInit(): void {
    this.handlers.register('apply-vacancy-changes', async () => {
      await this.withdrawals.applyVacancyChanges();
      await this.applications.afterWithdrawals({ id: 'apply-vacancy-changes', role: 'system' });
    });
    this.handlers.register('auto-approve', async ({ eventId }) => {
      await this.autoApproval.applyRules(await this.idIn(eventId, 'runId'));
    });
    this.handlers.register('withdraw-household', async ({ eventId }) => {
      const householdId = await this.idIn(eventId, 'householdId');
      const actor = { id: 'withdraw-household', role: 'system' };
      const topic = (await outboxEvent(this.dataSource, eventId))?.topic;
      if (topic === 'household.adult_removed') await this.withdrawals.withdrawChanged(householdId, actor);
      else if (topic === 'household.dismissed') await this.withdrawals.withdrawDismissed(householdId, actor);
      else await this.withdrawals.withdrawTakenBack(householdId, actor);
      await this.applications.withdrawErased(householdId, actor);
      await this.applications.afterWithdrawals(actor);
    });
    this.handlers.register('withdraw-second-chance', async ({ eventId }) => {
      const proposalId = await this.idIn(eventId, 'proposalId');
      await this.withdrawals.withdrawSecondChance(proposalId, { id: 'withdraw-second-chance', role: 'system' });
    });
  }

  private async idIn(eventId: string, key: string): Promise<string> {
    const id = (await outboxEvent(this.dataSource, eventId))?.payload[key];
    if (id === undefined) throw new Error(`The event ${eventId} names no ${key}.`);
    return id;
  }
}
