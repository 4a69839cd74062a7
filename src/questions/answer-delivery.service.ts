import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AccountsService } from '../auth/accounts.service.js';
import { type ChannelCode, type Message, SendFailure } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { type Claim, lockClaimed, openInAppReceipt, releaseClaim, writeReceipt } from '../channels/receipts.queries.js';
import { SendingTurns } from '../channels/sending-turns.js';
import { CONFIG, type Config } from '../config/config.js';
import type { IinKeys } from '../households/iin-cipher.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { type AnswerSubject, answerSubject, claimAnswer } from './answer-delivery.queries.js';
import { writeAnswer } from './answer-text.js';
import { AskService } from './ask.service.js';
import { openContact } from './contact.js';

/** The answer cannot be sent now; its job is tried again later. Carries a code, nothing personal. */
export class AnswerDelayed extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'AnswerDelayed';
  }
}

/** Each attempt whose answer was lost may have got through; nobody is written to more often than this. */
const MOST_IN_DOUBT = 8;

/** Where an answer goes. `to` null: there is no address any more. */
interface Way {
  channel: ChannelCode;
  to: string | null;
}

interface Attempt extends Claim {
  /** Another failure ends it on this channel. */
  last: boolean;
  /** The gateway may have the message. */
  begun: boolean;
}

/**
 * Tells askers that they have their answer, or why there is none, once, by their channel. The words and the address are read when it is sent; whoever
 * cannot be reached finds the answer behind the link that they were given.
 */
@Injectable()
export class AnswerDeliveryService {
  private readonly logger = new Logger(AnswerDeliveryService.name);
  private readonly keys: IinKeys;
  private readonly publicUrl: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly channels: Channels,
    private readonly turns: SendingTurns,
    private readonly accounts: AccountsService,
    private readonly asking: AskService,
    @Inject(CONFIG) config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    if (!config.iinKey || !config.iinIndexKey) throw new Error('The keys of personal data are not configured.');
    this.keys = { current: config.iinKey, old: config.iinOldKeys, index: config.iinIndexKey };
    this.publicUrl = config.publicUrl;
  }

  /**
   * Sends the answer of an outbox event. Two transactions, as a notice's: the first marks the receipt `sending`, so that a death
   * leaves a trace; the second locks it, reads what is true now, sends and writes how it ended. Throws `AnswerDelayed` when it
   * must be tried again, which does not happen on the last attempt.
   */
  async deliver(eventId: string, lastAttempt: boolean): Promise<void> {
    await this.turns.inTurn(
      async () => (await this.wayOfEvent(eventId))?.channel === 'sms',
      async () => ((await this.attempt(eventId, lastAttempt)) === 'overtaken' ? 'again' : 'done'),
    );
  }

  private async attempt(eventId: string, last: boolean): Promise<'final' | 'overtaken'> {
    const subject = await answerSubject(this.dataSource, eventId);
    if (subject === undefined) return 'final';
    const { channel } = await this.wayOf(subject);
    const claim = await claimAnswer(this.dataSource, {
      deliveryId: newId(),
      eventId,
      channel,
      // By the household's id it knows the receipt for its own; by the question's nobody is known.
      recipient: subject.householdId ?? subject.questionId,
      language: subject.language,
      at: this.clock.now(),
    });
    if (claim === null) return 'final';
    const attempt: Attempt = { ...claim, last, begun: false };
    try {
      // Not `inTransaction`: it would repeat the send with the rest after a deadlock. The job is repeated instead, in doubt.
      const outcome = await this.dataSource.transaction((tx) => this.send(tx, eventId, attempt));
      if (typeof outcome === 'object') throw new AnswerDelayed(outcome.delayed);
      return outcome;
    } catch (error) {
      if (!attempt.begun) await releaseClaim(this.dataSource, claim).catch(() => undefined);
      throw error;
    }
  }

  private async send(
    tx: EntityManager,
    eventId: string,
    attempt: Attempt,
  ): Promise<'final' | 'overtaken' | { delayed: string }> {
    const { deliveryId, channel } = attempt;
    const lock = await lockClaimed(tx, deliveryId);
    if (lock === 'overtaken') return 'overtaken';
    const subject = lock === 'claimed' ? await answerSubject(tx, eventId) : undefined;
    if (subject === undefined) return 'final';
    const at = this.clock.now();
    const { text, answer, closedReason, status, outcome } = subject;
    if (status !== outcome || text === null || (outcome === 'answered' ? answer : closedReason) === null) {
      const suppressed = { status: 'suppressed', suppressedReason: 'question_withdrawn' } as const;
      await writeReceipt(tx, deliveryId, { ...suppressed, finished: true, at });
      return 'final';
    }
    const to = await this.addressOn(channel, subject);
    const barred = this.barrier(channel, to, subject);
    if (barred !== null) {
      await writeReceipt(tx, deliveryId, { status: 'failed', finished: true, errorCode: barred, at });
      await this.tellOnSite(tx, attempt, subject, barred);
      return 'final';
    }
    attempt.begun = channel !== 'in_app';
    try {
      const message = this.messageTo(to!, attempt, subject);
      const { gatewayRef, parts } = await this.channels.get(channel).send(message, tx);
      await writeReceipt(tx, deliveryId, { status: 'sent', finished: true, gatewayRef, parts, at: this.clock.now() });
      return 'final';
    } catch (error) {
      if (!(error instanceof SendFailure)) throw error;
      return this.afterFailure(tx, attempt, subject, error);
    }
  }

  /** A failure that lasts, or one too many, ends on this channel; a household is then told on the site. */
  private async afterFailure(
    tx: EntityManager,
    attempt: Attempt,
    subject: AnswerSubject,
    failure: SendFailure,
  ): Promise<'final' | { delayed: string }> {
    const { deliveryId, last, doubts } = attempt;
    const tooOften = failure.kind === 'unknown' && doubts + 1 >= MOST_IN_DOUBT;
    const finished = last || tooOften || failure.kind === 'lasting';
    await writeReceipt(tx, deliveryId, {
      status: 'failed',
      finished,
      errorCode: failure.code,
      inDoubt: failure.kind === 'unknown',
      at: this.clock.now(),
    });
    if (!finished) return { delayed: failure.code };
    this.logger.warn(`The message ${deliveryId} with an answer failed for good (${failure.code}).`);
    await this.tellOnSite(tx, attempt, subject, failure.code);
    return 'final';
  }

  /** The same answer among the household's messages, with a receipt of its own that says why. Others have their link. */
  private async tellOnSite(tx: EntityManager, attempt: Attempt, subject: AnswerSubject, why: string): Promise<void> {
    if (subject.householdId === null || attempt.channel === 'in_app') return;
    const at = this.clock.now();
    const opened = await openInAppReceipt(tx, { deliveryId: newId(), after: attempt.deliveryId, at });
    if (opened === undefined) return;
    const message = this.messageTo(subject.householdId, { deliveryId: opened.id, doubts: 0 }, subject);
    await this.channels.get('in_app').send(message, tx);
    await writeReceipt(tx, opened.id, { status: 'sent', finished: true, errorCode: why, at });
  }

  private messageTo(
    to: string,
    { deliveryId, doubts }: Pick<Claim, 'deliveryId' | 'doubts'>,
    subject: AnswerSubject,
  ): Message {
    const { language, questionId, text, answer, closedReason, outcome, synthetic } = subject;
    const link = `${this.publicUrl}/${language}/asked/${this.asking.tokenOf(questionId)}`;
    const words = writeAnswer(language, {
      question: text ?? '',
      answer: answer ?? '',
      closedReason: outcome === 'closed' ? closedReason : null,
      link,
      synthetic,
    });
    return { ref: deliveryId, to, language, inDoubt: doubts > 0, ...words };
  }

  /** Why the answer may not go out by this channel, or null. */
  private barrier(channel: ChannelCode, to: string | null, subject: AnswerSubject): string | null {
    return to === null ? `${channel}.address_missing` : this.channels.barrier(channel, subject);
  }

  private async wayOfEvent(eventId: string): Promise<Way | null> {
    const subject = await answerSubject(this.dataSource, eventId);
    return subject === undefined ? null : this.wayOf(subject);
  }

  /** The contact that was given with the question goes before the household's channel, and that before the account's own. */
  private async wayOf(subject: AnswerSubject): Promise<Way> {
    const { contactChannel, contactCipher, householdChannel, accountId, questionId } = subject;
    if (contactChannel !== null && contactCipher !== null) {
      return { channel: contactChannel, to: openContact(contactCipher, questionId, this.keys) };
    }
    if (householdChannel !== null) {
      // A channel that this installation does not have: the household reads it on the site.
      const channel = this.channels.get(householdChannel).configured ? householdChannel : 'in_app';
      return { channel, to: onHousehold(channel, subject) };
    }
    const account = accountId === null ? null : await this.account(accountId);
    if (account?.email) return { channel: 'email', to: account.email };
    return { channel: 'sms', to: account?.phone ?? null };
  }

  /** The address on the channel that the message was begun on, which may be no longer the asker's first. */
  private async addressOn(channel: ChannelCode, subject: AnswerSubject): Promise<string | null> {
    const way = await this.wayOf(subject);
    if (way.channel === channel) return way.to;
    return subject.householdId === null ? null : onHousehold(channel, subject);
  }

  private async account(id: string): Promise<{ email: string | null; phone: string | null } | null> {
    try {
      const { email, phone, disabledAt } = await this.accounts.one(id);
      return disabledAt === null ? { email, phone } : null;
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
  }
}

function onHousehold(channel: ChannelCode, subject: AnswerSubject): string | null {
  if (channel === 'sms') return subject.householdPhone;
  return channel === 'email' ? subject.householdEmail : subject.householdId;
}
