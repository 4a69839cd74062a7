import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { RuleTerms } from '../../centres/auto-approve.js';
import type { BatchWish } from '../../centres/batch.service.js';
import { MOST_IN_BATCH, TRAIL_SUBJECTS } from '../../centres/centres.dto.js';
import { type ReasonCode, reasonsFor } from '../../centres/reasons.js';
import type { QueueWish } from '../../centres/queue-view.service.js';
import { SECTORS } from '../../reference/sectors.js';
import { wholeNumber } from '../site/form.js';

/** So many cases, records or firms stand on one page. */
export const MOST_ON_PAGE = 25;

/** What an officer may look at of the queue. */
export const QUEUE_LISTS = ['all', 'overdue', 'mine', 'returned', 'housing'] as const;
export type QueueList = (typeof QUEUE_LISTS)[number];

const WISHES: Record<QueueList, Omit<QueueWish, 'cursor' | 'limit'>> = {
  all: {},
  overdue: { overdue: true },
  mine: { mine: true },
  returned: { status: 'returned' },
  housing: { housing: true },
};

/** What a list asks the queue for; an unknown name is the whole queue. */
export function queueWish(list: QueueList): Omit<QueueWish, 'cursor' | 'limit'> {
  return WISHES[list];
}

export function listOf(text: unknown): QueueList {
  return QUEUE_LISTS.find((list) => list === text) ?? 'all';
}

const REGION = /^KZ-\d{2}$/;
const decimal = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d{1,3}([.,]\d{1,3})?$/.test(value) ? Number(value.replace(',', '.')) : value;
const several = ({ value }: { value: unknown }): unknown => (Array.isArray(value) ? value : [value]);

/** A decision on one case: the version that the officer saw, and the list they go on in. */
export class DecisionForm {
  @IsDefined()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  version!: number;

  @IsOptional()
  @IsIn(QUEUE_LISTS)
  list?: QueueList;
}

class NotedForm extends DecisionForm {
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class ReturnForm extends NotedForm {
  @IsDefined({ message: 'centre.reason_missing' })
  @IsIn(reasonsFor('return'))
  reason!: ReasonCode;
}

export class RejectForm extends NotedForm {
  @IsDefined({ message: 'centre.reason_missing' })
  @IsIn(reasonsFor('reject'))
  reason!: ReasonCode;
}

export class ReferForm extends NotedForm {
  @IsDefined({ message: 'centre.refer_region_missing' })
  @Matches(REGION)
  region!: string;

  @IsDefined({ message: 'centre.reason_missing' })
  @IsIn(reasonsFor('refer'))
  reason!: ReasonCode;
}

/** `<id>:<version>` of each ticked case; the button pressed says what is done with them. */
export class BatchForm {
  @IsDefined({ message: 'centre.nothing_ticked' })
  @Transform(several)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_IN_BATCH)
  @Matches(/^[0-9a-f-]{36}:[1-9]\d{0,8}$/, { each: true })
  cases!: string[];

  /** `approve`, or the reason of a rejection. */
  @IsDefined({ message: 'centre.reason_missing' })
  @IsIn(['approve', ...reasonsFor('reject')])
  decision!: 'approve' | ReasonCode;
}

export function batchWish({ cases, decision }: BatchForm): BatchWish {
  const named = cases.map((one) => {
    const [id = '', version] = one.split(':');
    return { id, version: Number(version) };
  });
  return decision === 'approve'
    ? { action: 'approve', cases: named }
    : { action: 'reject', cases: named, reason: decision };
}

/** The terms of the region's rule, as a form sends them: what is not ticked is not there. */
export class RuleForm {
  @IsOptional()
  @IsIn(['yes'])
  enabled?: 'yes';

  @IsDefined()
  @Transform(decimal)
  @IsNumber()
  @Min(0)
  @Max(100)
  minScore!: number;

  @IsOptional()
  @Transform(several)
  @IsArray()
  @IsIn(SECTORS, { each: true })
  sectors?: string[];

  @IsOptional()
  @IsIn(['yes'])
  housingRequired?: 'yes';

  @IsOptional()
  @IsIn(['yes'])
  allAdultsPlaced?: 'yes';
}

export function ruleTerms(form: RuleForm): RuleTerms {
  return {
    enabled: form.enabled === 'yes',
    minScore: form.minScore,
    sectors: form.sectors ?? [],
    housingRequired: form.housingRequired === 'yes',
    allAdultsPlaced: form.allAdultsPlaced === 'yes',
  };
}

/** True when a form would only say again what stands: a new row of the rule would move its date. */
export function saysTheSame(a: RuleTerms, b: RuleTerms): boolean {
  const said = ({ enabled, minScore, sectors, housingRequired, allAdultsPlaced }: RuleTerms): string =>
    JSON.stringify([enabled, minScore, [...sectors].sort(), housingRequired, allAdultsPlaced]);
  return said(a) === said(b);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class TrailForm {
  @IsOptional()
  @IsIn(TRAIL_SUBJECTS)
  subject?: (typeof TRAIL_SUBJECTS)[number];

  @IsOptional()
  @Matches(/^[a-z_]{1,40}$/)
  action?: string;

  @IsOptional()
  @Matches(DAY)
  from?: string;

  @IsOptional()
  @Matches(DAY)
  to?: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  cursor?: string;
}
