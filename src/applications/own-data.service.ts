import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccountRegister } from '../auth/account-register.service.js';
import { AccountsService } from '../auth/accounts.service.js';
import { SessionsService } from '../auth/sessions.service.js';
import { asSystem } from '../database/scope.js';
import { HouseholdDraftService } from '../households/household-draft.service.js';
import { eraseQuestions } from '../households/household.queries.js';
import { HouseholdService } from '../households/household.service.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { auditOfHousehold, questionsOfAccount, rowsOfHousehold } from './own-data.queries.js';

/** A migrant's right to have everything that is kept of them, and to have it erased. */
@Injectable()
export class OwnDataService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly register: AccountRegister,
    private readonly drafts: HouseholdDraftService,
    private readonly households: HouseholdService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Everything that is kept of the caller and their household, and of nobody else. An IIN is only said to be kept. */
  async download(actor: Actor): Promise<Record<string, unknown>> {
    const { phone, language, createdAt } = await this.accounts.one(actor.id);
    const { you, partner, ...draft } = await this.drafts.answers(actor);
    const about = {
      madeAt: this.clock.now(),
      account: { id: actor.id, phone, language, createdAt },
      sessions: await this.sessions.kept(actor),
      questions: await questionsOfAccount(this.dataSource, actor.id),
    };
    const draftAdults = [you, partner].flatMap((adult) => {
      if (adult == null) return [];
      const { iinCipher, ...fields } = adult;
      return [{ ...fields, hasIin: iinCipher !== undefined }];
    });
    const { householdId } = actor;
    if (householdId === null) return { ...about, draft: { ...draft, adults: draftAdults } };
    return {
      ...about,
      household: await this.households.read(householdId),
      ...(await rowsOfHousehold(this.dataSource, householdId)),
      // A proposal's trail is its centre's; of one's own it is told without who the officers are.
      audit: await asSystem(() => auditOfHousehold(this.dataSource, householdId)),
    };
  }

  /**
   * Erases the household (docs/decisions/erasing-households.md) and the account with its phone number, draft and sessions.
   * Done twice, the second time finds nothing left.
   */
  async erase(actor: Actor): Promise<void> {
    if (actor.householdId !== null) {
      try {
        return await this.households.erase(actor.householdId, actor);
      } catch (error) {
        // Erased before a death that kept the account: the account is what is left.
        if (!(error instanceof Problem && error.code === 'household.not_found')) throw error;
      }
    }
    // What was asked without a household stands at a centre's desk.
    await asSystem(() => eraseQuestions(this.dataSource, { accountId: actor.id }, this.clock.now()));
    await this.register.delete(actor.id, actor);
  }
}
