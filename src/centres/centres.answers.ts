import { ApiProperty } from '@nestjs/swagger';
import { MoveMoneyAnswer } from '../programme/support.dto.js';
import { PROPOSAL_STATUSES, type ProposalStatus } from '../matching/proposal-states.js';
import { AutoApproveRuleDto } from './centres.dto.js';
import { CONTACT_WITHHELD, type ContactWithheld } from './contact.service.js';
import { MoveMismatchAnswer } from '../matching/matching.dto.js';
import { QUOTA_CODES, type QuotaCode } from './quota-check.js';
import { UNREACHED, type Unreached } from './unreached.queries.js';

/** What the API says of a centre's work, as OpenAPI describes it. The services answer the same shapes. */

const OPTIONAL_TEXT = { type: String, nullable: true } as const;
const OPTIONAL_NUMBER = { type: Number, nullable: true } as const;
const OPTIONAL_TIME = { type: String, format: 'date-time', nullable: true } as const;

export class ProposalStateAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: PROPOSAL_STATUSES }) status!: ProposalStatus;
  /** Also in the ETag; a decision names it. */
  @ApiProperty() version!: number;
  @ApiProperty(OPTIONAL_TIME) claimedUntil!: Date | null;
  @ApiProperty(OPTIONAL_TEXT) reason!: string | null;
}

export class QuotaCheckAnswer {
  @ApiProperty({ enum: QUOTA_CODES, description: '`quota.exceeded` warns; it forbids nothing' }) code!: QuotaCode;
  @ApiProperty({ description: 'The same in the caller’s language' }) text!: string;
  @ApiProperty() year!: number;
  @ApiProperty({ enum: ['settlers'] }) category!: 'settlers';
  @ApiProperty({ description: 'Of this household' }) persons!: number;
  @ApiProperty({ ...OPTIONAL_NUMBER, description: 'Persons left now; null: the region has no quota for settlers' })
  left!: number | null;
  @ApiProperty({ ...OPTIONAL_NUMBER, description: 'Persons left with this household counted' })
  leftAfter!: number | null;
  @ApiProperty({ description: 'Persons beyond the quota with this household counted' }) beyond!: number;
}

export class ApprovedAnswer extends ProposalStateAnswer {
  @ApiProperty({ description: 'What is left of the region’s quota, this household counted' }) quota!: QuotaCheckAnswer;
}

export class ReferralAnswer extends ProposalStateAnswer {
  @ApiProperty({ format: 'uuid', description: 'The proposal of the same household in the other region' })
  referredToId!: string;
}

export class ScorePartAnswer {
  @ApiProperty({ example: 'part.pay_gain' }) code!: string;
  @ApiProperty() value!: number;
  @ApiProperty() weight!: number;
  @ApiProperty({ description: 'The parts’ contributions add up to the score' }) contribution!: number;
  @ApiProperty({ required: false, description: 'True: a source is silent, so that the value is neutral' })
  notStated?: boolean;
  @ApiProperty({
    required: false,
    type: [String],
    example: ['speciality_differs'],
    description: 'What a person should look at before approving; a rule leaves such a proposal to officers',
  })
  needsCheck?: readonly string[];
}

export class PromiseAnswer {
  @ApiProperty(OPTIONAL_NUMBER) payMinTenge!: number | null;
  @ApiProperty(OPTIONAL_NUMBER) payMaxTenge!: number | null;
  @ApiProperty({ ...OPTIONAL_TEXT, enum: ['provided', 'help', 'none'] }) housing!: string | null;
  @ApiProperty(OPTIONAL_TEXT) employment!: string | null;
  @ApiProperty() districtKato!: string;
}

export class OfferedVacancyAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() title!: string;
  @ApiProperty(OPTIONAL_TEXT) subtitle!: string | null;
  @ApiProperty() employerName!: string;
  @ApiProperty() employerVerified!: boolean;
  @ApiProperty(OPTIONAL_NUMBER) payMinTenge!: number | null;
  @ApiProperty(OPTIONAL_NUMBER) payMaxTenge!: number | null;
  @ApiProperty(OPTIONAL_TEXT) employment!: string | null;
  @ApiProperty(OPTIONAL_NUMBER) openings!: number | null;
  @ApiProperty({ ...OPTIONAL_TEXT, enum: ['provided', 'help', 'none'] }) housing!: string | null;
  @ApiProperty({
    ...OPTIONAL_TEXT,
    enum: ['employer_claim', 'inspected'],
    description: '`employer_claim`: the employer’s claim, unchecked; `inspected`: a centre has seen it',
  })
  housingProvenance!: string | null;
  @ApiProperty() locationText!: string;
  @ApiProperty({ description: 'ISO 3166-2, as the words were understood' }) region!: string;
  @ApiProperty(OPTIONAL_TEXT) districtKato!: string | null;
  @ApiProperty(OPTIONAL_TEXT) kato!: string | null;
  @ApiProperty({ enum: ['settlement', 'district', 'region', 'ambiguous', 'unknown'] }) placeMatch!: string;
  @ApiProperty(OPTIONAL_TEXT) url!: string | null;
  @ApiProperty({ enum: ['open', 'closed'] }) status!: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) validUntil!: string | null;
  @ApiProperty() synthetic!: boolean;
}

export class PlacementAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) seekerId!: string;
  @ApiProperty() score!: number;
  @ApiProperty({ type: [ScorePartAnswer] }) parts!: ScorePartAnswer[];
  @ApiProperty({ description: 'What the vacancy said when the proposal was made' }) promise!: PromiseAnswer;
  @ApiProperty({
    type: MoveMismatchAnswer,
    nullable: true,
    description: 'Scarcity at home and there, when it was made',
  })
  mismatch!: MoveMismatchAnswer | null;
  @ApiProperty(OPTIONAL_TIME) withdrawnAt!: Date | null;
  @ApiProperty(OPTIONAL_TEXT) withdrawnReason!: string | null;
  @ApiProperty({ description: 'The vacancy as it is now' }) vacancy!: OfferedVacancyAnswer;
}

export class AdultAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() position!: number;
  @ApiProperty() birthYear!: number;
  @ApiProperty({ description: 'ISCO-08 unit group' }) isco!: string;
  @ApiProperty(OPTIONAL_TEXT) occupationTitle!: string | null;
  @ApiProperty(OPTIONAL_TEXT) education!: string | null;
  @ApiProperty() experienceYears!: number;
  @ApiProperty() languages!: string[];
  @ApiProperty() driving!: string[];
  @ApiProperty() diplomas!: string[];
  @ApiProperty(OPTIONAL_NUMBER) payTenge!: number | null;
  @ApiProperty(OPTIONAL_NUMBER) minimumPayTenge!: number | null;
  @ApiProperty() seeksWork!: boolean;
}

export class HouseholdAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() homeKato!: string;
  @ApiProperty() homeNameRu!: string;
  @ApiProperty() homeNameKk!: string;
  @ApiProperty() homeRegionCode!: string;
  @ApiProperty() children!: number;
  @ApiProperty() schoolAgeChildren!: number;
  @ApiProperty({ description: 'Others who move along, beside the adults and the children' }) otherMembers!: number;
  @ApiProperty() relativesRegionCodes!: string[];
  @ApiProperty() wishedRegionCodes!: string[];
  @ApiProperty({ enum: ['urban', 'rural', 'any'] }) settlementWish!: string;
  @ApiProperty() housingRequired!: boolean;
  @ApiProperty({ enum: ['kk', 'ru', 'en'] }) language!: string;
  @ApiProperty({ description: 'False: whatever is decided, nothing is sent to the household' })
  consentsToNotices!: boolean;
  @ApiProperty() synthetic!: boolean;
}

export class ProposalAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: PROPOSAL_STATUSES }) status!: ProposalStatus;
  @ApiProperty({ description: 'Also in the ETag; a decision names it' }) version!: number;
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty() districtKato!: string;
  @ApiProperty() districtNameRu!: string;
  @ApiProperty() districtNameKk!: string;
  @ApiProperty({ description: 'Everybody who moves, children and other members included' }) persons!: number;
  @ApiProperty({ minimum: 0, maximum: 100 }) score!: number;
  @ApiProperty({ type: [ScorePartAnswer] }) scoreParts!: ScorePartAnswer[];
  @ApiProperty() weightsVersion!: number;
  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'The best job in the home region, beside the move',
  })
  localAlternative!: object | null;
  @ApiProperty({ description: 'The household or one of its jobs is invented, for a demonstration' })
  synthetic!: boolean;
  @ApiProperty(OPTIONAL_TEXT) claimedBy!: string | null;
  @ApiProperty(OPTIONAL_TEXT) claimedByLabel!: string | null;
  @ApiProperty(OPTIONAL_TIME) claimedUntil!: Date | null;
  @ApiProperty({ format: 'date' }) dueOn!: string;
  @ApiProperty() overdue!: boolean;
  @ApiProperty({ description: 'Returned to the household, which has changed what it says of itself since' })
  answered!: boolean;
  @ApiProperty(OPTIONAL_TEXT) reason!: string | null;
  @ApiProperty(OPTIONAL_TEXT) note!: string | null;
  @ApiProperty(OPTIONAL_TEXT) referredFromId!: string | null;
  @ApiProperty({
    enum: ['job', 'home'],
    isArray: true,
    nullable: true,
    description: 'what the household lost after it had arrived in this region; null: it has not moved yet',
  })
  secondChance!: ('job' | 'home')[] | null;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description:
      'the last day on which its household may take an approved second chance; null: it is none, or not approved',
  })
  takeBy!: string | null;
  @ApiProperty(OPTIONAL_TEXT) decidedBy!: string | null;
  @ApiProperty(OPTIONAL_TIME) decidedAt!: Date | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: Date;
  @ApiProperty() household!: HouseholdAnswer;
  @ApiProperty({ type: [AdultAnswer] }) adults!: AdultAnswer[];
  @ApiProperty({ type: [PlacementAnswer] }) placements!: PlacementAnswer[];
  @ApiProperty({ description: 'What approving this household means for the region’s quota' }) quota!: QuotaCheckAnswer;
}

export class AdultNameAnswer {
  @ApiProperty({ format: 'uuid' }) seekerId!: string;
  @ApiProperty(OPTIONAL_TEXT) givenName!: string | null;
  @ApiProperty(OPTIONAL_TEXT) familyName!: string | null;
}

export class ContactAnswer {
  @ApiProperty({ type: [AdultNameAnswer] }) adults!: AdultNameAnswer[];
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'E.164' }) phone!: string | null;
  @ApiProperty(OPTIONAL_TEXT) email!: string | null;
  @ApiProperty({ enum: ['sms', 'email', 'in_app'], description: 'How the household wishes to be told' })
  channel!: string;
  @ApiProperty({ enum: ['kk', 'ru', 'en'] }) language!: string;
}

export class ProposalNoticeAnswer {
  @ApiProperty({ example: 'proposal.withdrawn' }) topic!: string;
  @ApiProperty({ enum: ['sms', 'email', 'in_app'] }) channel!: string;
  @ApiProperty({ enum: ['sending', 'sent', 'delivered', 'failed', 'suppressed'] }) status!: string;
  @ApiProperty({
    ...OPTIONAL_TEXT,
    description:
      'Why it was not sent. `consent_missing` on a withdrawal: the household was told of the offer and does not know that it no longer stands',
  })
  suppressedReason!: string | null;
  @ApiProperty(OPTIONAL_TEXT) errorCode!: string | null;
  @ApiProperty() inDoubt!: boolean;
  @ApiProperty({ format: 'date-time' }) createdAt!: Date;
  @ApiProperty(OPTIONAL_TIME) finishedAt!: Date | null;
  @ApiProperty({ ...OPTIONAL_TIME, description: 'When the household read it in the app' }) readAt!: Date | null;
  @ApiProperty({ description: 'How it ended or stands, and why, in the caller’s language' }) text!: string;
}

export class WholeProposalAnswer extends ProposalAnswer {
  @ApiProperty({
    type: MoveMoneyAnswer,
    nullable: true,
    description:
      'Support and monthly budget by the rules of today, for the jobs that stand; null: the household was erased',
  })
  support!: MoveMoneyAnswer | null;
  @ApiProperty({ type: [ProposalNoticeAnswer], description: 'What the household was told of it, oldest first' })
  notices!: ProposalNoticeAnswer[];
  @ApiProperty({
    ...OPTIONAL_TEXT,
    enum: UNREACHED,
    description:
      'The household may not know what was decided last, so call it. `failed`: its own channel has not taken the notice, and it has not read it in the app; `unread`: it wished to be told in the app and has not looked. Null: told, or nothing to tell',
  })
  unreached!: Unreached | null;
  @ApiProperty({
    type: ContactAnswer,
    nullable: true,
    description:
      'Only with the household’s consent to sharing, for the officer who has claimed the proposal, and once it is returned or approved. Each reading is recorded as `read_contact`.',
  })
  contact!: ContactAnswer | null;
  @ApiProperty({
    ...OPTIONAL_TEXT,
    enum: CONTACT_WITHHELD,
    description: 'Why `contact` is null: the household does not consent to sharing; or claim the proposal first',
  })
  contactWithheld!: ContactWithheld | null;
}

export class DayNumbersAnswer {
  @ApiProperty() approved!: number;
  @ApiProperty({ description: 'Approvals by the centre’s rule' }) byRule!: number;
  @ApiProperty() returned!: number;
  @ApiProperty() referred!: number;
  @ApiProperty() rejected!: number;
  @ApiProperty() withdrawn!: number;
}

export class QuotaAnswer {
  @ApiProperty() year!: number;
  @ApiProperty({ enum: ['settlers'] }) category!: 'settlers';
  @ApiProperty({ ...OPTIONAL_NUMBER, description: 'Null: the region has no quota for settlers' }) persons!:
    number | null;
  @ApiProperty({ description: 'False where no written source gave it' }) verified!: boolean;
  @ApiProperty({ description: 'Kept for households that are expected' }) reserved!: number;
  @ApiProperty({ description: 'Of those who have come' }) taken!: number;
  @ApiProperty({ description: 'Approved and without a place yet' }) approvedPersons!: number;
  @ApiProperty({ ...OPTIONAL_NUMBER, description: 'Below zero when more was approved' }) left!: number | null;
}

export class QueueAnswer {
  @ApiProperty() regionCode!: string;
  @ApiProperty({ format: 'date' }) today!: string;
  @ApiProperty({ type: [ProposalAnswer] }) items!: ProposalAnswer[];
  @ApiProperty(OPTIONAL_TEXT) nextCursor!: string | null;
  @ApiProperty({ description: 'What was decided today' }) numbers!: DayNumbersAnswer;
  @ApiProperty() quota!: QuotaAnswer;
}

export class QueueCountsAnswer {
  @ApiProperty() waiting!: number;
  @ApiProperty() claimed!: number;
  @ApiProperty() returned!: number;
  @ApiProperty() overdue!: number;
  @ApiProperty() approved!: number;
}

export class ReceiptNumbersAnswer {
  @ApiProperty({ description: 'Today' }) sent!: number;
  @ApiProperty({ description: 'Today' }) failed!: number;
  @ApiProperty({ description: 'Today: not sent on purpose' }) suppressed!: number;
  @ApiProperty({ description: 'Of any day: went out twice or not at all, the gateway never said' }) inDoubt!: number;
}

export class UnreachedNumbersAnswer {
  @ApiProperty({ description: 'Their own channel has not taken the latest notice; not read in the app either' })
  failed!: number;
  @ApiProperty({ description: 'They wished to be told in the app and have not looked' }) unread!: number;
}

export class NoticeNumbersAnswer {
  @ApiProperty({ example: 'notify-kz-59' }) queue!: string;
  @ApiProperty() paused!: boolean;
  @ApiProperty() sent!: number;
  @ApiProperty() waiting!: number;
  @ApiProperty() failed!: number;
  @ApiProperty() receipts!: ReceiptNumbersAnswer;
  @ApiProperty({ description: 'Households that may not know what was decided last of their case, of any day' })
  unreached!: UnreachedNumbersAnswer;
}

export class WaitsAnswer {
  @ApiProperty({ ...OPTIONAL_NUMBER, description: 'Median age in days of what waits for the centre' })
  waitingDays!: number | null;
  @ApiProperty({ ...OPTIONAL_NUMBER, description: 'Median days that it took what people decided today' })
  decidedDays!: number | null;
}

export class CentreSummaryAnswer {
  @ApiProperty() regionCode!: string;
  @ApiProperty({ format: 'date' }) today!: string;
  @ApiProperty() queue!: QueueCountsAnswer;
  @ApiProperty() numbers!: DayNumbersAnswer;
  @ApiProperty() quota!: QuotaAnswer;
  @ApiProperty() waits!: WaitsAnswer;
  @ApiProperty() notices!: NoticeNumbersAnswer;
}

export class AuditLineAnswer {
  @ApiProperty({ format: 'date-time' }) at!: Date;
  @ApiProperty({ description: 'A token’s id, or the rule or job that acted' }) actor!: string;
  @ApiProperty(OPTIONAL_TEXT) actorLabel!: string | null;
  @ApiProperty() actorRole!: string;
  @ApiProperty({ example: 'approve' }) action!: string;
  @ApiProperty(OPTIONAL_TEXT) fromState!: string | null;
  @ApiProperty(OPTIONAL_TEXT) toState!: string | null;
  @ApiProperty(OPTIONAL_TEXT) reason!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true }) details!: Record<string, unknown>;
}

export class ReasonAnswer {
  @ApiProperty({ example: 'housing_missing' }) code!: string;
  @ApiProperty({ description: 'Actions that it fits', enum: ['return', 'refer', 'reject', 'withdraw'], isArray: true })
  uses!: string[];
  @ApiProperty({
    type: 'object',
    properties: { kk: { type: 'string' }, ru: { type: 'string' }, en: { type: 'string' } },
  })
  words!: { kk: string; ru: string; en: string };
}

export class AutoApproveRuleAnswer extends AutoApproveRuleDto {
  @ApiProperty() regionCode!: string;
  @ApiProperty({ ...OPTIONAL_TIME, description: 'Null: no rule was ever set' }) createdAt!: Date | null;
}

export class NoticeQueueAnswer {
  @ApiProperty({ example: 'notify-kz-59' }) queue!: string;
  @ApiProperty() paused!: boolean;
}

export class AlikeAnswer {
  @ApiProperty({ format: 'uuid' }) proposalId!: string;
  @ApiProperty({
    type: [ProposalAnswer],
    description: 'Same vacancies, district and occupations; the asked one is the first',
  })
  items!: ProposalAnswer[];
}

export class BatchLineAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: ProposalStateAnswer, nullable: true, description: 'Null: it was not decided' })
  state!: ProposalStateAnswer | null;
  @ApiProperty({ ...OPTIONAL_TEXT, example: 'proposal.changed_meanwhile', description: 'Why it was not decided' })
  code!: string | null;
  @ApiProperty({ ...OPTIONAL_TEXT, description: 'The same in the caller’s language' }) text!: string | null;
}

export class TrailLineAnswer extends AuditLineAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'proposal' }) subject!: string;
  @ApiProperty({ format: 'uuid' }) subjectId!: string;
}

export class TrailAnswer {
  @ApiProperty() regionCode!: string;
  @ApiProperty({ type: [TrailLineAnswer] }) items!: TrailLineAnswer[];
  @ApiProperty(OPTIONAL_TEXT) nextCursor!: string | null;
}

export class FirmAccountAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'As it named itself, or was named by a colleague' }) label!: string;
  @ApiProperty(OPTIONAL_TEXT) email!: string | null;
  @ApiProperty() createdAt!: Date;
  @ApiProperty({ description: 'Has signed in with a second factor' }) hasSecondFactor!: boolean;
}

export class UncheckedFirmAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty(OPTIONAL_TEXT) bin!: string | null;
  @ApiProperty(OPTIONAL_TEXT) activity!: string | null;
  @ApiProperty({ ...OPTIONAL_NUMBER, description: 'People who work there' }) headcount!: number | null;
  @ApiProperty({ description: 'Open vacancies in the region' }) vacancies!: number;
  @ApiProperty({ description: 'Of these, posted by the firm itself: proposed to nobody until a centre has checked it' })
  ownPosts!: number;
  @ApiProperty() openings!: number;
  @ApiProperty({ description: 'Invented, for a demonstration' }) synthetic!: boolean;
  @ApiProperty({
    type: [FirmAccountAnswer],
    description: 'Who acts for it: the verification says of each whether the person works there',
  })
  accounts!: FirmAccountAnswer[];
}

export class UncheckedFirmsAnswer {
  @ApiProperty() regionCode!: string;
  @ApiProperty({ type: [UncheckedFirmAnswer] }) items!: UncheckedFirmAnswer[];
  @ApiProperty(OPTIONAL_TEXT) nextCursor!: string | null;
}
