import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pLimit, { type LimitFunction } from 'p-limit';
import type { DataSource, EntityManager } from 'typeorm';
import { type ChannelCode, CHANNEL_CODES, type Message, SendFailure } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { CONFIG, type Config } from '../config/config.js';
import { brokenPromise } from '../matching/promise.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { writeNotice } from './notice-text.js';
import {
  type Claim,
  NOTICE_OF,
  type NoticeSubject,
  claimDelivery,
  isFinished,
  lockSubject,
  openInAppReceipt,
  wasTold,
  writeReceipt,
} from './notifications.queries.js';

/** The notice cannot be decided or sent now; its job is tried again later. Carries a code, nothing personal. */
export class NoticeDelayed extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'NoticeDelayed';
  }
}

/** Tells households what happened to their proposals, once, and only while it is true. */
@Injectable()
export class NotificationsService {
  private readonly logger = new Logger(NotificationsService.name);
  /**
   * A send keeps its receipt locked, and so holds a connection, until the gateway answers. However slow the gateway is,
   * some connections of the pool stay free for everything else.
   */
  private readonly sending: LimitFunction;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly channels: Channels,
    @Inject(CONFIG) config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.sending = pLimit(Math.max(1, Math.ceil(config.databasePoolSize * 0.6)));
  }

  /**
   * Sends the notice of an outbox event. Two transactions: the first marks the receipt `sending`, so that a death leaves
   * a trace; the second locks it, reads what is true now, sends and writes how it ended. Whoever runs the same job at the
   * same time waits for that in the first and finds it finished. Throws `NoticeDelayed` when it must be tried again, which does not
   * happen on the last attempt: then the notice goes in-app.
   */
  async notify(eventId: string, lastAttempt: boolean): Promise<void> {
    await this.sending(async () => {
      const open = CHANNEL_CODES.filter((code) => this.channels.get(code).configured);
      const claim = await claimDelivery(this.dataSource, { deliveryId: newId(), eventId, open, at: this.clock.now() });
      if (claim === null) return;
      // Not `inTransaction`: it would repeat the send with the rest after a deadlock. The job is repeated instead, in doubt.
      const delayed = await this.dataSource.transaction((tx) => this.deliver(tx, claim, lastAttempt));
      if (delayed !== null) throw new NoticeDelayed(delayed);
    });
  }

  /** Answers the code of why the notice must be tried again, or null when its receipt is final. */
  private async deliver(tx: EntityManager, claim: Claim, lastAttempt: boolean): Promise<string | null> {
    const { deliveryId } = claim;
    const subject = await lockSubject(tx, deliveryId);
    if (subject === undefined) return (await isFinished(tx, deliveryId)) ? null : 'notice.in_other_hands';
    const at = this.clock.now();
    const untrue = await this.untruth(tx, subject, lastAttempt);
    if (untrue === 'undecided') {
      await writeReceipt(tx, deliveryId, { status: 'failed', finished: false, errorCode: 'notice.undecided', at });
      return 'notice.undecided';
    }
    if (untrue !== null) {
      await writeReceipt(tx, deliveryId, { status: 'suppressed', finished: true, suppressedReason: untrue, at });
      return null;
    }
    const barred = this.barrier(claim.channel, subject);
    if (barred !== null) {
      await writeReceipt(tx, deliveryId, { status: 'failed', finished: true, errorCode: barred, at });
      await this.tellInApp(tx, deliveryId, subject, barred);
      return null;
    }
    try {
      const { gatewayRef, parts } = await this.channels
        .get(claim.channel)
        .send(this.messageTo(claim.channel, deliveryId, subject), tx);
      const elsewhere = claim.channel === 'in_app' && subject.ownChannel !== 'in_app';
      const errorCode = elsewhere ? `${subject.ownChannel}.unconfigured` : null;
      const sentAt = this.clock.now();
      await writeReceipt(tx, deliveryId, { status: 'sent', finished: true, gatewayRef, parts, errorCode, at: sentAt });
      return null;
    } catch (error) {
      if (!(error instanceof SendFailure)) throw error;
      return this.afterFailure(tx, deliveryId, subject, error, lastAttempt);
    }
  }

  /** A failure that lasts, or one too many, ends on this channel; the household is then told in-app. */
  private async afterFailure(
    tx: EntityManager,
    deliveryId: string,
    subject: NoticeSubject,
    failure: SendFailure,
    lastAttempt: boolean,
  ): Promise<string | null> {
    const finished = lastAttempt || failure.kind === 'lasting';
    await writeReceipt(tx, deliveryId, {
      status: 'failed',
      finished,
      errorCode: failure.code,
      inDoubt: failure.kind === 'unknown',
      at: this.clock.now(),
    });
    if (!finished) return failure.code;
    this.logger.warn(`Notice ${deliveryId} failed for good (${failure.code}); it goes in-app.`);
    await this.tellInApp(tx, deliveryId, subject, failure.code);
    return null;
  }

  /** The same notice in-app, in the same transaction and with a receipt of its own that says why. */
  private async tellInApp(tx: EntityManager, after: string, subject: NoticeSubject, errorCode: string): Promise<void> {
    const opened = await openInAppReceipt(tx, { deliveryId: newId(), after, at: this.clock.now() });
    if (opened === undefined) return;
    await this.channels.get('in_app').send(this.messageTo('in_app', opened.id, subject), tx);
    await writeReceipt(tx, opened.id, { status: 'sent', finished: true, errorCode, at: this.clock.now() });
  }

  /** Why the household is not, or no longer, to be told; null when what the notice says is true. */
  private async untruth(tx: EntityManager, subject: NoticeSubject, lastAttempt: boolean): Promise<string | null> {
    if (subject.superseded) return 'superseded';
    if (subject.topic === 'proposal.withdrawn') {
      if (subject.status !== 'withdrawn') return 'not_withdrawn';
      const told = await wasTold(tx, subject.proposalId);
      if (told === 'no') return 'never_told';
      if (told === 'undecided' && !lastAttempt) return 'undecided';
      // The last attempt rather corrects what may not have been said than leaves something false standing. Who withdrew the
      // consent after being told is not written to; the receipt's reason tells the centre that they do not know.
      return subject.consentsToNotices ? null : 'consent_missing';
    }
    if (!subject.consentsToNotices) return 'consent_missing';
    if (subject.status !== NOTICE_OF[subject.topic]) return `proposal_${subject.status}`;
    if (subject.placements.some(({ withdrawn }) => withdrawn)) return 'placement_withdrawn';
    const today = dateInKazakhstan(this.clock.now());
    for (const placement of subject.placements) {
      const broken = brokenPromise(placement.promise, placement, today);
      if (broken !== null) return broken;
    }
    return null;
  }

  /** Why the notice may not go out by this channel, or null. Invented households are never written to for real. */
  private barrier(code: ChannelCode, subject: NoticeSubject): string | null {
    if (addressOn(code, subject) === null) return `${code}.address_missing`;
    return subject.synthetic && !this.channels.get(code).local ? `${code}.synthetic` : null;
  }

  private messageTo(code: ChannelCode, deliveryId: string, subject: NoticeSubject): Message {
    const { language, district, region, reason, note, synthetic, placements: jobs } = subject;
    const notice = writeNotice(language, {
      about: NOTICE_OF[subject.topic],
      jobs,
      district,
      region,
      reason,
      note,
      synthetic,
    });
    return { ref: deliveryId, to: addressOn(code, subject) ?? '', language, ...notice };
  }
}

function addressOn(code: ChannelCode, subject: NoticeSubject): string | null {
  switch (code) {
    case 'sms':
      return subject.phone;
    case 'email':
      return subject.email;
    case 'in_app':
      return subject.householdId;
  }
}
