import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { AccountsService } from '../auth/accounts.service.js';
import { asSystem } from '../database/scope.js';
import { firstRow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { type FieldProblem, Problem } from '../shared/problem.js';
import { HouseholdChangeService } from './household-change.service.js';
import { HouseholdChecks } from './household-checks.service.js';
import {
  type AdultAnswer,
  type AdultPart,
  type DraftAnswers,
  type DraftStep,
  type KeptAdult,
  type StepAnswers,
  adultAsked,
  changeOf,
  firstMissing,
  registrationOf,
} from './household-draft.js';
import { HouseholdDraft } from './household-draft.entity.js';
import { refuse } from './household-record.js';
import { readContact } from './household-rules.js';
import type { HouseholdView } from './household-view.js';
import { HouseholdService } from './household.service.js';
import { decryptIin, encryptIin } from './iin-cipher.js';

/** A sent step; `once` makes its repetition harmless. */
export interface SentStep<Step extends DraftStep> {
  step: Step;
  answer: StepAnswers[Step];
  once: string | undefined;
  /** Of a registered household: the version that the page showed. */
  version: number | undefined;
}

/** A migrant's own household: entered step by step, each kept as soon as it is sent; changed in the same steps afterwards. */
@Injectable()
export class HouseholdDraftService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly households: HouseholdService,
    private readonly changes: HouseholdChangeService,
    private readonly checks: HouseholdChecks,
    private readonly accounts: AccountsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What was answered so far; empty for one who has not begun. */
  async answers(actor: Actor): Promise<DraftAnswers> {
    return (await this.dataSource.manager.findOneBy(HouseholdDraft, { accountId: actor.id }))?.answers ?? {};
  }

  /** The caller's registered household; null before it is registered. */
  async own(actor: Actor): Promise<HouseholdView | null> {
    return actor.householdId === null ? null : this.households.read(actor.householdId);
  }

  /**
   * Keeps a step: in the draft, or as a change of the registered household. Errors: `request.invalid` with coded fields, and
   * those of `HouseholdChangeService.change`.
   */
  async save<Step extends DraftStep>(actor: Actor, { step, answer, once, version }: SentStep<Step>): Promise<void> {
    if (actor.householdId !== null) {
      const own = await this.households.read(actor.householdId);
      const whole = withKnownBirthDate(step, answer, own);
      const change = { version: version ?? own.version, ...changeOf(step, whole, own.adults.length > 1) };
      await this.changes.change(actor.householdId, change, actor, once);
      return;
    }
    const before = await this.answers(actor);
    refuse(this.problemsOf(step, answer, before));
    await this.keep(actor, (answers, draftId) => ({ ...answers, ...this.sealed(step, answer, answers, draftId) }));
  }

  /** Takes over what a quick question said, where nothing was answered yet. */
  async takeOver(
    actor: Actor,
    question: { title: string; partnerTitle?: string; regionCode?: string; children?: number; wish?: string },
  ): Promise<void> {
    if (actor.householdId !== null) return;
    const { title, partnerTitle, regionCode, children, wish } = question;
    await this.keep(actor, (answers) => ({
      you: { occupation: { title } },
      ...(partnerTitle !== undefined && { partner: { occupation: { title: partnerTitle } } }),
      ...(regionCode !== undefined && { home: { regionCode } }),
      ...(children !== undefined && { children: { children } }),
      ...(wish === 'housing' && { wishes: { wishes: { housingRequired: true } } }),
      ...((wish === 'urban' || wish === 'rural') && { wishes: { wishes: { settlement: wish } } }),
      ...answers,
    }));
  }

  /**
   * Registers the household that the draft describes and ties the account to it. Sent twice, or begun again after a death
   * in between, it registers one. Errors: `household.draft_incomplete` (409) with the step, those of `HouseholdService.create`.
   */
  async finish(actor: Actor): Promise<string> {
    if (actor.householdId !== null) return actor.householdId;
    const draft = await this.dataSource.manager.findOneBy(HouseholdDraft, { accountId: actor.id });
    const missing = firstMissing(draft?.answers ?? {});
    if (draft === null || missing !== null) {
      // A second tap after the first one registered: the account has its household already.
      const { householdId } = await this.accounts.one(actor.id);
      if (householdId !== null) return householdId;
      throw new Problem('household.draft_incomplete', 409, { step: missing ?? 'home' });
    }
    const made = await this.registered(actor, draft);
    await this.accounts.linkHousehold(actor.id, made);
    await this.dataSource.manager.delete(HouseholdDraft, { id: draft.id });
    return made;
  }

  private async registered(actor: Actor, draft: HouseholdDraft): Promise<string> {
    // The draft's id is the idempotency key, so that a death before the account was tied leaves nobody registered twice.
    const before = await firstRow<{ id: string }>(
      this.dataSource.manager,
      'select made_id as id from idempotency_key where actor_id = $1 and key = $2',
      [actor.id, draft.id],
    );
    if (before !== undefined) return before.id;
    const registration = registrationOf(draft.answers, (adult) => this.iinOf(adult, draft.id));
    // The household is nobody's until the account is tied to it, so its owner may not write it yet.
    return (await asSystem(() => this.households.create(registration, actor, draft.id))).id;
  }

  private async keep(actor: Actor, change: (answers: DraftAnswers, draftId: string) => DraftAnswers): Promise<void> {
    const updatedAt = this.clock.now();
    await inTransaction(this.dataSource, async (tx) => {
      await tx.query(
        `insert into household_draft (id, account_id, answers, updated_at) values ($1, $2, '{}', $3)
         on conflict (account_id) do nothing`,
        [newId(), actor.id, updatedAt],
      );
      const draft = await this.lockDraft(tx, actor);
      await tx.update(HouseholdDraft, { id: draft.id }, { answers: change(draft.answers, draft.id), updatedAt });
    });
  }

  private lockDraft(tx: EntityManager, actor: Actor): Promise<HouseholdDraft> {
    return tx.findOneOrFail(HouseholdDraft, { where: { accountId: actor.id }, lock: { mode: 'pessimistic_write' } });
  }

  /**
   * What changes in the draft. An adult's answer is laid over the adult's other parts; an IIN is encrypted, and one that was
   * given before stays when the field is left empty.
   */
  private sealed<Step extends DraftStep>(
    step: Step,
    answer: StepAnswers[Step],
    before: DraftAnswers,
    draftId: string,
  ): DraftAnswers {
    const asked = adultAsked(step);
    if (asked === null) return { [step]: answer };
    if (answer === null) return { [asked.who]: null };
    const { iin, ...fields } = answer as AdultAnswer;
    const adult: KeptAdult = { ...before[asked.who], ...fields };
    if (iin === null) delete adult.iinCipher;
    else if (iin) {
      const cipher = encryptIin(iin.replace(/\D/g, ''), draftId, this.checks.keys, randomBytes);
      adult.iinCipher = cipher.toString('base64');
    }
    return { [asked.who]: adult };
  }

  private iinOf(adult: KeptAdult, draftId: string): string | null {
    if (adult.iinCipher === undefined) return null;
    return decryptIin(Buffer.from(adult.iinCipher, 'base64'), draftId, this.checks.keys);
  }

  private problemsOf<Step extends DraftStep>(
    step: Step,
    answer: StepAnswers[Step],
    before: DraftAnswers,
  ): FieldProblem[] {
    const asked = adultAsked(step);
    if (asked !== null)
      return answer === null ? [] : this.adultProblems(asked.part, answer as AdultAnswer, before[asked.who] ?? {});
    switch (step) {
      case 'home':
        return this.checks.home(answer as StepAnswers['home']).problems;
      case 'children':
      case 'wishes': {
        const { children = 0, schoolAgeChildren = 0 } = answer as StepAnswers['children'];
        const { wishes = {}, relativesRegionCodes = [] } = answer as StepAnswers['wishes'];
        return this.checks.family({
          children,
          schoolAgeChildren,
          relativesRegionCodes,
          wishedRegionCodes: wishes.regionCodes ?? [],
          excludedRegionCodes: wishes.excludedRegionCodes ?? [],
        });
      }
      case 'contact': {
        const { channel = 'in_app', phone, email } = answer as StepAnswers['contact'];
        return readContact({ channel, phone: phone || null, email: email || null }).problems;
      }
      default:
        return [];
    }
  }

  private adultProblems(part: AdultPart, answer: AdultAnswer, before: KeptAdult): FieldProblem[] {
    const birthDateMissing = ({ code }: FieldProblem): boolean => code === 'seeker.birth_date_required';
    if (part === 'work') {
      const { problems } = this.checks.adult(answer, null, 'adult');
      // An IIN given before still says the birth date.
      return before.iinCipher === undefined ? problems : problems.filter((problem) => !birthDateMissing(problem));
    }
    if (part !== 'name') return [];
    // Of the birth date another step asks.
    const given = { iin: answer.iin || null, birthDate: before.birthDate ?? null };
    return this.checks.identity(given).problems.filter((problem) => !birthDateMissing(problem));
  }
}

/** An IIN sent alone would silently replace the birth date: held against the one that is known, it must agree. */
function withKnownBirthDate<Step extends DraftStep>(
  step: Step,
  answer: StepAnswers[Step],
  { adults }: HouseholdView,
): StepAnswers[Step] {
  const asked = adultAsked(step);
  if (asked?.part !== 'name') return answer;
  const birthDate = adults.find(({ position }) => position === (asked.who === 'you' ? 1 : 2))?.birthDate;
  return { ...(answer as AdultAnswer), birthDate } as StepAnswers[Step];
}
