import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { shareIdOf, shareToken } from '../applications/share-token.js';
import { recordAudit } from '../audit/audit.js';
import { type Asked as StepAsked, notingRefusals } from '../audit/refusals.js';
import { createOnce } from '../auth/idempotency.js';
import { RateLimits } from '../auth/rate-limits.js';
import { RegionStaff } from '../auth/region-staff.js';
import { CONFIG, type Config } from '../config/config.js';
import { asSystem } from '../database/scope.js';
import { firstRow } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { type IinKeys, fingerprint } from '../households/iin-cipher.js';
import type { Language } from '../i18n/language.js';
import { PlaceService } from '../reference/place.service.js';
import type { Actor } from '../shared/access.js';
import { CLOCK, type Clock, dateInKazakhstan } from '../shared/clock.js';
import { isUuid, newId } from '../shared/ids.js';
import { Problem } from '../shared/problem.js';
import { nextState } from '../shared/transitions.js';
import { addWorkingDays } from '../shared/working-days.js';
import { type Contact, readContact, sealContact } from './contact.js';
import { mayHoldIin } from './personal-numbers.js';
import { ANSWER_WITHIN_WORKING_DAYS, type About, QUESTION_STATES } from './question-states.js';
import { Question } from './question.entity.js';
import { type QuestionRow, questionById, questionsOfAccount } from './questions.queries.js';

export interface QuestionWish {
  language: Language;
  about: About;
  /** The region it is about; of a question on the programme the region whose centre is to answer, if one is wished for. */
  regionCode?: string | null;
  vacancyId?: string | null;
  text: string;
  /** A phone number or an e-mail address; who is signed in may leave it out and is told by their own channel. */
  contact?: string | null;
}

/** Who asks: an account, a program, or somebody at an address of the network. */
export interface AskedBy {
  actor: Actor | undefined;
  /** `networkOf` the address, for the limits. */
  address: string;
}

export interface Asked {
  id: string;
  /** Opens the question and its answer without an account. */
  token: string;
  dueOn: string;
  /** The centre that will answer; null: the programme's own desk. */
  regionCode: string | null;
}

/** A question as its asker reads it. */
export type OwnQuestion = Omit<QuestionRow, 'owner' | 'answeredBy' | 'version'> & { token: string; overdue: boolean };

/** Keys of forms that nobody in particular sent: each is a uuid of its own. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const MOST_OWN = 50;

/** Anybody's questions: asking, following the answer, taking back. */
@Injectable()
export class AskService {
  private readonly secret: Buffer;
  private readonly keys: IinKeys;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
    private readonly limits: RateLimits,
    private readonly places: PlaceService,
    private readonly staff: RegionStaff,
  ) {
    if (!config.authSecret) throw new Error('The secret of accounts is not configured.');
    if (!config.iinKey || !config.iinIndexKey) throw new Error('The keys of personal data are not configured.');
    this.secret = config.authSecret;
    this.keys = { current: config.iinKey, old: config.iinOldKeys, index: config.iinIndexKey };
  }

  /**
   * Takes a question in: it has an owner and a due date from then on. Once for each `once`. Errors: `question.iin_in_text`,
   * `question.contact_missing`, `question.phone_invalid`, `question.email_invalid`, `question.region_missing`,
   * `question.region_unknown` (422), `vacancy.not_found` (404), `auth.too_many` (429), those of `createOnce`.
   */
  async ask(wish: QuestionWish, { actor, address }: AskedBy, once?: string): Promise<Asked> {
    const text = wish.text.trim();
    if (mayHoldIin(text)) throw wrong('text', 'question.iin_in_text');
    const contact = wish.contact ? readContact(wish.contact) : null;
    if (contact === null && actor?.via !== 'session') throw wrong('contact', 'question.contact_missing');
    await this.limits.take(['question_asker', contact?.address ?? actor!.id], ['question_address', address]);
    const at = this.clock.now();
    const requestHash = fingerprint(
      JSON.stringify([wish.about, wish.regionCode, wish.vacancyId, text, contact]),
      this.keys,
    );
    // Whoever asks is nobody to the database, and the question becomes a centre's: the program writes it down.
    const { id } = await asSystem(() =>
      inTransaction(this.dataSource, (tx) =>
        createOnce(tx, { actorId: actor?.id ?? NOBODY, key: once, requestHash, at }, () =>
          this.enter(tx, { ...wish, text }, { contact, actor, at }),
        ),
      ),
    );
    const { dueOn, regionCode } = await this.whole(id);
    return { id, token: this.tokenOf(id), dueOn, regionCode };
  }

  private async enter(
    tx: EntityManager,
    wish: QuestionWish,
    { contact, actor, at }: { contact: Contact | null; actor: Actor | undefined; at: Date },
  ): Promise<string> {
    const id = newId();
    const { regionCode, ...about } = await this.placeOf(tx, wish, actor);
    const desk = regionCode !== null && (await this.staff.worksAt(tx, regionCode, at)) ? regionCode : null;
    const place = { ...about, regionCode: desk };
    const dueOn = addWorkingDays(dateInKazakhstan(at), ANSWER_WITHIN_WORKING_DAYS);
    const bySession = actor?.via === 'session';
    await tx.insert(Question, {
      id, language: wish.language, about: wish.about, ...place, text: wish.text,
      accountId: bySession ? actor.id : null, householdId: bySession ? actor.householdId : null,
      contactChannel: contact?.channel ?? null, contactCipher: contact && sealContact(contact.address, id, this.keys),
      synthetic: false, status: 'waiting', owner: null, dueOn, answer: null, answeredBy: null, answeredAt: null,
      closedReason: null, closedAt: null, erasedAt: null, version: 1, createdAt: at, updatedAt: at,
    }); // prettier-ignore
    await recordAudit(tx, {
      at, actor: actor ?? ANYBODY, regionCode: place.regionCode, subject: 'question', subjectId: id, action: 'ask',
      from: null, to: 'waiting', details: { about: wish.about, dueOn },
    }); // prettier-ignore
    return id;
  }

  /**
   * Which centre is concerned: the vacancy's, the region's own; of the programme the one that was named, else the asker's home
   * region, whose centre sends people on their way, else nobody's: the programme's desk, which answers too where nobody works at a
   * centre.
   */
  private async placeOf(
    tx: EntityManager,
    { about, regionCode: named = null, vacancyId = null }: QuestionWish,
    actor: Actor | undefined,
  ): Promise<Pick<Question, 'aboutRegionCode' | 'vacancyId' | 'regionCode'>> {
    if (named !== null && !this.places.regions().some(({ code }) => code === named)) {
      throw wrong('region', 'question.region_unknown');
    }
    if (about === 'vacancy') {
      const vacancy =
        vacancyId !== null && isUuid(vacancyId)
          ? await firstRow<{ region: string }>(tx, 'select region_code as region from vacancy where id = $1', [
              vacancyId,
            ])
          : undefined;
      if (vacancy === undefined) throw new Problem('vacancy.not_found', 404);
      return { aboutRegionCode: null, vacancyId, regionCode: vacancy.region };
    }
    if (about === 'region') {
      if (named === null) throw wrong('region', 'question.region_missing');
      return { aboutRegionCode: named, vacancyId: null, regionCode: named };
    }
    const home = named ?? (await homeRegion(tx, actor));
    return { aboutRegionCode: null, vacancyId: null, regionCode: home };
  }

  /** What an account has asked, the newest first. */
  async own(actor: Actor): Promise<OwnQuestion[]> {
    return (await questionsOfAccount(this.dataSource, actor.id, MOST_OWN)).map((row) => this.forAsker(row));
  }

  /** The question that a link opens, with its answer once there is one. Error: `question.unknown` (404). */
  async follow(token: string): Promise<OwnQuestion> {
    return this.forAsker(await this.whole(this.idOf(token)));
  }

  /**
   * Takes a question back: what it said and where its asker is are gone. Errors: `question.unknown` (404),
   * `transition.illegal` (409) once it was answered or closed.
   */
  async withdraw(token: string): Promise<void> {
    const id = this.idOf(token);
    const at = this.clock.now();
    const withdraw = async (tx: EntityManager, asked: (one: StepAsked) => void): Promise<void> => {
      const question = await lockQuestion(tx, id);
      asked({ actor: ANYBODY, subject: 'question', subjectId: id, regionCode: question.regionCode });
      const status = nextState(QUESTION_STATES, question.status, 'withdraw');
      await tx.update(
        Question,
        { id },
        {
          status, text: null, contactChannel: null, contactCipher: null, accountId: null, householdId: null, erasedAt: at,
          updatedAt: at, version: question.version + 1,
        }, // prettier-ignore
      );
      await recordAudit(tx, {
        at, actor: ANYBODY, regionCode: question.regionCode, subject: 'question', subjectId: id, action: 'withdraw',
        from: question.status, to: status,
      }); // prettier-ignore
    };
    // The link says whose it is.
    await asSystem(() =>
      notingRefusals(
        this.dataSource,
        () => at,
        (asked) => inTransaction(this.dataSource, (tx) => withdraw(tx, asked)),
      ),
    );
  }

  tokenOf(id: string): string {
    return shareToken(id, this.secret, 'question');
  }

  private idOf(token: string): string {
    const id = shareIdOf(token, this.secret, 'question');
    if (id === null) throw new Problem('question.unknown', 404);
    return id;
  }

  private async whole(id: string): Promise<QuestionRow> {
    // Whoever holds the link is nobody to the database; its signature says that the question is theirs.
    const row = await asSystem(() => questionById(this.dataSource, id));
    if (row === undefined) throw new Problem('question.unknown', 404);
    return row;
  }

  private forAsker({ owner: _owner, answeredBy: _by, version: _version, ...row }: QuestionRow): OwnQuestion {
    const open = row.status === 'waiting' || row.status === 'taken';
    return { ...row, token: this.tokenOf(row.id), overdue: open && row.dueOn < dateInKazakhstan(this.clock.now()) };
  }
}

/** In the audit log: somebody who has not said who they are. */
const ANYBODY = { id: 'anyone', role: 'anyone' } as const;

function wrong(field: string, code: string): Problem {
  return new Problem(code, 422, {}, [{ field, code }]);
}

/** The question, locked until the transaction ends. Error: `question.unknown` (404), also for one that the caller may not see. */
export async function lockQuestion(tx: EntityManager, id: string): Promise<Question> {
  const question = isUuid(id)
    ? await tx.findOne(Question, { where: { id }, lock: { mode: 'pessimistic_write' } })
    : null;
  if (question === null) throw new Problem('question.unknown', 404);
  return question;
}

async function homeRegion(tx: EntityManager, actor: Actor | undefined): Promise<string | null> {
  if (!actor?.householdId) return actor?.regionCode ?? null;
  const home = await firstRow<{ code: string }>(
    tx,
    'select home_region_code as code from household where id = $1 and erased_at is null',
    [actor.householdId],
  );
  return home?.code ?? null;
}
