import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { RESERVED_STATES } from '../applications/application-states.js';
import { type ChannelCode, CHANNEL_CODES, type Message, SendFailure } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { NoticeWriters, type WrittenNotice } from '../channels/notice-writers.js';
import { type Claim, lockClaimed, openInAppReceipt, releaseClaim, writeReceipt } from '../channels/receipts.queries.js';
import { SendingTurns } from '../channels/sending-turns.js';
import { translate } from '../i18n/i18n.js';
import { brokenFor } from '../matching/promise.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { writeNotice } from './notice-text.js';
import {
  NOTICE_OF,
  type NoticeRecipient,
  type NoticeSubject,
  claimDelivery,
  goesBy,
  holdConsent,
  noticeSubject,
  otherSubject,
  wasTold,
} from './notifications.queries.js';

/** The notice cannot be decided or sent now; its job is tried again later. Carries a code, nothing personal. */
export class NoticeDelayed extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'NoticeDelayed';
  }
}

/** A household may have got each attempt whose answer was lost; it is not written to more often than this. */
const MOST_IN_DOUBT = 8;

/** One run of a notice's job. */
interface Attempt extends Claim {
  /** Another failure ends it on this channel. */
  last: boolean;
  /** The gateway may have the message. */
  begun: boolean;
}

/** A notice with whom it is for; `untrue`: why it is not, or no longer, to be told. */
interface NoticeToSend {
  recipient: NoticeRecipient;
  untrue: string | null;
  words(): WrittenNotice;
}

const NOTHING: WrittenNotice = { title: '', text: '', sms: '' };

/** `final`: the receipt is finished. `overtaken`: another run of the job wrote over the claim, which is to be made anew. */
type Outcome = 'final' | 'overtaken' | { delayed: string };

/** Tells households what happened to their proposals and what else they are to know, once, and only while it is true. */
@Injectable()
export class NotificationsService {
  private readonly logger = new Logger(NotificationsService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly channels: Channels,
    private readonly writers: NoticeWriters,
    private readonly turns: SendingTurns,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sends the notice of an outbox event. Two transactions: the first marks the receipt `sending`, so that a death leaves
   * a trace; the second locks it, reads what is true now, sends and writes how it ended. Whoever runs the same job at the
   * same time waits for that and finds it finished. Throws `NoticeDelayed` when it must be tried again, which does not
   * happen on the last attempt: then the notice goes in-app.
   */
  async notify(eventId: string, lastAttempt: boolean): Promise<void> {
    await this.turns.inTurn(
      () => goesBy(this.dataSource, eventId, 'sms'),
      async () => ((await this.attempt(eventId, lastAttempt)) === 'overtaken' ? 'again' : 'done'),
    );
  }

  private async attempt(eventId: string, last: boolean): Promise<Outcome> {
    const open = CHANNEL_CODES.filter((code) => this.channels.get(code).configured);
    const claim = await claimDelivery(this.dataSource, { deliveryId: newId(), eventId, open, at: this.clock.now() });
    if (claim === null) return 'final';
    const attempt: Attempt = { ...claim, last, begun: false };
    try {
      // Not `inTransaction`: it would repeat the send with the rest after a deadlock. The job is repeated instead, in doubt.
      const outcome = await this.dataSource.transaction((tx) => this.deliver(tx, attempt));
      if (typeof outcome === 'object') throw new NoticeDelayed(outcome.delayed);
      return outcome;
    } catch (error) {
      // Where the database is away this fails too, and the next claim is in doubt for nothing, which is the safe side.
      if (!attempt.begun) await releaseClaim(this.dataSource, claim).catch(() => undefined);
      throw error;
    }
  }

  private async deliver(tx: EntityManager, attempt: Attempt): Promise<Outcome> {
    const { deliveryId, channel } = attempt;
    const lock = await lockClaimed(tx, deliveryId);
    if (lock === 'overtaken') return 'overtaken';
    const notice = lock === 'claimed' ? await this.noticeOf(tx, deliveryId, attempt.last) : undefined;
    if (notice === undefined) return 'final';
    const at = this.clock.now();
    const { untrue } = notice;
    if (untrue !== null && isOpen(untrue)) {
      const code = `notice.${untrue}`;
      await writeReceipt(tx, deliveryId, { status: 'failed', finished: false, errorCode: code, at });
      return { delayed: code };
    }
    if (untrue !== null) {
      await writeReceipt(tx, deliveryId, { status: 'suppressed', finished: true, suppressedReason: untrue, at });
      return 'final';
    }
    if (channel === 'in_app') {
      const { ownChannel } = notice.recipient;
      await this.writeInApp(tx, deliveryId, notice, ownChannel === 'in_app' ? null : `${ownChannel}.unconfigured`);
      return 'final';
    }
    const barred = this.barrier(channel, notice.recipient);
    if (barred !== null) {
      await writeReceipt(tx, deliveryId, { status: 'failed', finished: true, errorCode: barred, at });
      await this.tellInApp(tx, deliveryId, notice, barred);
      return 'final';
    }
    attempt.begun = true;
    try {
      const message = messageTo(channel, deliveryId, notice, attempt.doubts > 0);
      const { gatewayRef, parts } = await this.channels.get(channel).send(message, tx);
      await writeReceipt(tx, deliveryId, { status: 'sent', finished: true, gatewayRef, parts, at: this.clock.now() });
      return 'final';
    } catch (error) {
      if (!(error instanceof SendFailure)) throw error;
      return this.afterFailure(tx, attempt, notice, error);
    }
  }

  /** The notice of a receipt that the caller has locked; undefined when nobody knows of its subject any more. */
  private async noticeOf(tx: EntityManager, deliveryId: string, last: boolean): Promise<NoticeToSend | undefined> {
    const proposal = await noticeSubject(tx, deliveryId);
    if (proposal !== undefined) {
      const untrue = await this.untruth(tx, proposal, last);
      return { recipient: proposal, untrue, words: () => proposalWords(proposal) };
    }
    const other = await otherSubject(tx, deliveryId);
    if (other === undefined) return undefined;
    const { topic, subjectId, language, synthetic } = other;
    const now = await this.writers.of(topic)(tx, subjectId, language);
    if ('untrue' in now) return { recipient: other, untrue: now.untrue, words: () => NOTHING };
    const demo = synthetic ? translate(language, 'notice.demo') : '';
    const sms = `${synthetic ? translate(language, 'notice.sms.demo') : ''}${now.sms}`;
    const words = { title: demo + now.title, text: demo + now.text, sms };
    return { recipient: other, untrue: other.consentsToNotices ? null : 'consent_missing', words: () => words };
  }

  /** A failure that lasts, or one too many, ends on this channel; the household is then told in-app. */
  private async afterFailure(
    tx: EntityManager,
    { deliveryId, last, doubts }: Attempt,
    notice: NoticeToSend,
    failure: SendFailure,
  ): Promise<Outcome> {
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
    this.logger.warn(`Notice ${deliveryId} failed for good (${failure.code}); it goes in-app.`);
    await this.tellInApp(tx, deliveryId, notice, failure.code);
    return 'final';
  }

  /** The same notice in-app, in the same transaction and with a receipt of its own that says why. */
  private async tellInApp(tx: EntityManager, after: string, notice: NoticeToSend, errorCode: string): Promise<void> {
    const opened = await openInAppReceipt(tx, { deliveryId: newId(), after, at: this.clock.now() });
    if (opened !== undefined) await this.writeInApp(tx, opened.id, notice, errorCode);
  }

  /**
   * Writes the message and its receipt, or only the receipt when the household has taken its consent back, or was erased,
   * since the subject was read: a gateway may have taken its time to refuse. `errorCode`: why not by its own channel.
   */
  private async writeInApp(
    tx: EntityManager,
    ref: string,
    notice: NoticeToSend,
    errorCode: string | null,
  ): Promise<void> {
    if (!(await holdConsent(tx, notice.recipient.householdId))) {
      const suppressed = { status: 'suppressed', suppressedReason: 'consent_missing' } as const;
      await writeReceipt(tx, ref, { ...suppressed, finished: true, errorCode, at: this.clock.now() });
      return;
    }
    await this.channels.get('in_app').send(messageTo('in_app', ref, notice), tx);
    await writeReceipt(tx, ref, { status: 'sent', finished: true, errorCode, at: this.clock.now() });
  }

  /** Why the household is not, or no longer, to be told; null when what the notice says is true. */
  private async untruth(tx: EntityManager, subject: NoticeSubject, lastAttempt: boolean): Promise<string | null> {
    if (subject.superseded) return 'superseded';
    if (subject.topic === 'proposal.withdrawn') {
      if (subject.status !== 'withdrawn') return 'not_withdrawn';
      if (subject.underApplication) return 'told_of_application';
      const told = await wasTold(tx, subject.proposalId);
      if (told === 'no') return 'never_told';
      if (told === 'undecided' && !lastAttempt) return 'undecided';
      // The last attempt rather corrects what may not have been said than leaves something false standing. Who withdrew the
      // consent after being told is not written to; the receipt's reason tells the centre that they do not know.
      return subject.consentsToNotices ? null : 'consent_missing';
    }
    if (!subject.consentsToNotices) return 'consent_missing';
    if (isOfApplication(subject)) return untrueOfApplication(subject);
    if (!stillStands(subject)) return `proposal_${subject.status}`;
    if (subject.placements.some(({ withdrawn }) => withdrawn)) return 'placement_withdrawn';
    const today = dateInKazakhstan(this.clock.now());
    for (const placement of subject.placements) {
      const broken = brokenFor(placement.promise, placement, today);
      // The proposal stands until its withdrawal has asked again, and a feed may mend the post before that: told then or never.
      if (broken !== null) return lastAttempt ? broken : 'promise_broken';
    }
    return null;
  }

  /** Why the notice may not go out by this channel, or null. */
  private barrier(code: ChannelCode, recipient: NoticeRecipient): string | null {
    if (addressOn(code, recipient) === null) return `${code}.address_missing`;
    return this.channels.barrier(code, recipient);
  }
}

/** Not decided yet: whether an earlier notice was told, whether a job that keeps its promise no more is withdrawn. */
const isOpen = (untrue: string): boolean => untrue === 'undecided' || untrue === 'promise_broken';

function messageTo(code: ChannelCode, deliveryId: string, notice: NoticeToSend, inDoubt = false): Message {
  const { recipient, words } = notice;
  return { ref: deliveryId, to: addressOn(code, recipient) ?? '', language: recipient.language, inDoubt, ...words() };
}

function proposalWords(subject: NoticeSubject): WrittenNotice {
  const { language, district, region, synthetic, searching, placements: jobs, application } = subject;
  const about = NOTICE_OF[subject.topic];
  const of = about === 'application' && application !== null ? application : subject;
  const reason = about === 'job_lost' ? (application?.jobLostReason ?? null) : of.reason;
  const placeKept = application !== null && RESERVED_STATES.has(application.state);
  const facts = { about, jobs, district, region, reason, note: of.note, synthetic, searching, placeKept };
  return writeNotice(language, { ...facts, application: about === 'application' ? application : null });
}

function isOfApplication({ topic }: NoticeSubject): boolean {
  return topic === 'application.changed' || topic === 'application.job_lost';
}

/** An application's notice says where it stands when it is sent; only of a job that is no longer lost nothing is said. */
function untrueOfApplication({ topic, application }: NoticeSubject): string | null {
  if (application === null) return 'application_gone';
  return topic === 'application.job_lost' && application.jobLostReason === null ? 'job_not_lost' : null;
}

/**
 * True while what the notice says of the proposal stands. A question to the household stands although an officer has taken
 * the proposal up since, or given it back: until it is decided otherwise, the last decision was to ask.
 */
function stillStands({ topic, status, decided }: NoticeSubject): boolean {
  if (topic === 'proposal.returned' && (status === 'claimed' || status === 'waiting')) return decided;
  return status === NOTICE_OF[topic];
}

function addressOn(code: ChannelCode, recipient: NoticeRecipient): string | null {
  switch (code) {
    case 'sms':
      return recipient.phone;
    case 'email':
      return recipient.email;
    case 'in_app':
      return recipient.householdId;
  }
}
