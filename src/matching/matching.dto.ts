import type { MatchRunStatus } from './match-run.entity.js';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { GROUPINGS, type GroupingName } from '../programme/groupings.js';
import { MoveMoneyAnswer } from '../programme/support.dto.js';

export class MismatchQuery {
  /** A source (`enbek`), or a connector that stands for its source (`enbek-feed`). */
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 100)
  source?: string;

  @ApiPropertyOptional({ enum: GROUPINGS, default: 'seed-table-1' })
  @IsOptional()
  @IsIn(GROUPINGS)
  grouping?: GroupingName;

  /** Date of the programme's lists; today without. */
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  on?: string;
}

class MismatchCellAnswer {
  @ApiProperty({ example: 'KZ-59' }) region!: string;
  @ApiProperty({ example: 'education' }) sector!: string;
  @ApiProperty() vacancies!: number;
  @ApiProperty() openings!: number;
  @ApiProperty() seekers!: number;
  @ApiProperty({ description: 'openings ÷ (seekers + 1)' }) tension!: number;
}

class NorthSouthAnswer {
  @ApiProperty({ description: 'vacancies' }) north!: number;
  @ApiProperty() south!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'north ÷ south; null when the south has none' }) ratio!:
    number | null;
}

export class MismatchAnswer {
  @ApiProperty({ format: 'date-time' }) asOf!: string;
  @ApiProperty({ enum: GROUPINGS }) grouping!: string;
  @ApiProperty({ type: [MismatchCellAnswer] }) cells!: MismatchCellAnswer[];
  @ApiProperty({ type: 'object', additionalProperties: { $ref: '#/components/schemas/NorthSouthAnswer' } })
  northSouth!: Record<string, NorthSouthAnswer>;
}

class OccupationRegionAnswer {
  @ApiProperty() region!: string;
  @ApiProperty() vacancies!: number;
  @ApiProperty() openings!: number;
  @ApiProperty() seekers!: number;
  @ApiProperty() tension!: number;
}

export class OccupationMismatchAnswer {
  @ApiProperty({ example: '2221', description: 'ISCO-08 unit group' }) isco!: string;
  @ApiProperty() titleEn!: string;
  @ApiProperty({ type: String, nullable: true }) titleRu!: string | null;
  @ApiProperty({ type: String, nullable: true }) titleKk!: string | null;
  @ApiProperty() sector!: string;
  @ApiProperty() vacancies!: number;
  @ApiProperty() openings!: number;
  @ApiProperty() seekers!: number;
  @ApiProperty() tension!: number;
  @ApiProperty({ type: NorthSouthAnswer }) northSouth!: NorthSouthAnswer;
  @ApiProperty({ type: [OccupationRegionAnswer] }) regions!: OccupationRegionAnswer[];
}

export class PartAnswer {
  @ApiProperty({ example: 'part.pay' }) code!: string;
  /** What the part is, in the language asked for. */
  @ApiProperty() text!: string;
  @ApiProperty({ description: '0..1' }) value!: number;
  @ApiProperty() weight!: number;
  @ApiProperty({ description: 'points of the score; the contributions add up to it' }) contribution!: number;
  @ApiPropertyOptional({ description: 'true when a source is silent, so that the value is neutral' })
  notStated?: boolean;
  @ApiPropertyOptional({
    type: [String],
    example: ['speciality_differs'],
    description: 'what a person must look at before the placement is approved',
  })
  needsCheck?: readonly string[];
  @ApiPropertyOptional({ format: 'uuid' }) seekerId?: string;
}

class PromiseAnswer {
  @ApiPropertyOptional() title?: string;
  @ApiPropertyOptional() employerName?: string;
  @ApiProperty({ type: Number, nullable: true }) payMinTenge!: number | null;
  @ApiProperty({ type: Number, nullable: true }) payMaxTenge!: number | null;
  @ApiProperty({ type: String, nullable: true }) housing!: string | null;
  @ApiProperty({ type: String, nullable: true }) employment!: string | null;
  @ApiProperty() districtKato!: string;
  @ApiPropertyOptional({ type: String, nullable: true, description: 'ISCO-08; absent in older ones' })
  isco?: string | null;
}

class OccupationSidesFacts {
  @ApiProperty({ example: '2330', description: 'ISCO-08 unit group of the person' }) isco!: string;
  @ApiProperty({ type: String, nullable: true, example: 'education' }) sector!: string | null;
  @ApiProperty({ enum: ['north', 'south'], nullable: true, description: 'side of the home region' })
  home!: 'north' | 'south' | null;
  @ApiProperty({ type: NorthSouthAnswer, nullable: true, description: 'vacancies of the sector, counted' })
  bySector!: NorthSouthAnswer | null;
  @ApiProperty({
    type: NorthSouthAnswer,
    nullable: true,
    description:
      'vacancies of the occupation, counted, with a ratio smoothed towards the sector’s; null while fewer than 30 are open',
  })
  byOccupation!: NorthSouthAnswer | null;
}

export class OccupationSidesAnswer extends OccupationSidesFacts {
  @ApiProperty({ description: 'the same in a sentence, in the language asked for' }) text!: string;
}

export class SidesQuery {
  /** The home region, ISO 3166-2: the sentence then speaks of “here”. */
  @ApiPropertyOptional({ example: 'KZ-61' })
  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  from?: string;
}

export class MoveMismatchAnswer {
  @ApiProperty({ description: 'openings per seeker of the occupation at home, smoothed' }) tensionHome!: number;
  @ApiProperty({ description: 'the same where the job is, those who wish to move there counted' })
  tensionThere!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'tensionThere ÷ tensionHome' }) mismatch!: number | null;
  @ApiProperty({ example: 'education' }) sector!: string;
  @ApiProperty({ type: NorthSouthAnswer, nullable: true }) sectorNorthSouth!: NorthSouthAnswer | null;
  @ApiProperty({
    type: OccupationSidesFacts,
    nullable: true,
    description: 'north and south for the person’s own occupation',
  })
  sides!: OccupationSidesFacts | null;
  @ApiProperty({ type: [String], description: 'the same in words' }) texts!: string[];
}

class LocalPlacementAnswer {
  @ApiProperty({ format: 'uuid' }) seekerId!: string;
  @ApiProperty({ format: 'uuid' }) vacancyId!: string;
  @ApiProperty() title!: string;
  @ApiProperty() employerName!: string;
  @ApiProperty({ type: String, nullable: true }) districtKato!: string | null;
  @ApiProperty({ type: Number, nullable: true }) payMinTenge!: number | null;
  @ApiProperty({ type: Number, nullable: true }) payMaxTenge!: number | null;
  @ApiProperty({ description: 'the vacancy is invented, for a demonstration' }) synthetic!: boolean;
  @ApiProperty({ description: '0..100, of pay, services, shortage and the chance' }) score!: number;
  @ApiProperty({ type: [PartAnswer] }) parts!: PartAnswer[];
}

class StayingComparisonAnswer {
  @ApiProperty({ description: 'the move on pay, services, shortage and chance only; the mean over working adults' })
  moving!: number;
  @ApiProperty({ description: 'the jobs at home on the same parts; an adult without one counts 0' }) staying!: number;
  @ApiProperty({ description: 'staying > moving' }) worseThanStaying!: boolean;
}

class LocalAlternativeAnswer {
  @ApiProperty({ type: [LocalPlacementAnswer] }) placements!: LocalPlacementAnswer[];
  @ApiProperty({ type: StayingComparisonAnswer, nullable: true }) comparison!: StayingComparisonAnswer | null;
}

class PlacementAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) seekerId!: string;
  @ApiProperty({ format: 'uuid' }) vacancyId!: string;
  @ApiProperty() score!: number;
  @ApiProperty({ type: [PartAnswer] }) parts!: PartAnswer[];
  @ApiProperty({ type: PromiseAnswer }) promise!: PromiseAnswer;
  @ApiProperty({ enum: ['urban', 'rural'], nullable: true, description: 'of the vacancy today' })
  settlementType!: 'urban' | 'rural' | null;
  @ApiProperty({ description: 'the vacancy is invented, for a demonstration' }) synthetic!: boolean;
  @ApiProperty({ type: MoveMismatchAnswer, nullable: true }) mismatch!: MoveMismatchAnswer | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) withdrawnAt!: string | null;
  @ApiProperty({ type: String, nullable: true }) withdrawnReason!: string | null;
}

export class HouseholdMatchAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() status!: string;
  @ApiProperty() version!: number;
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty({ example: '591000000' }) districtKato!: string;
  @ApiProperty() persons!: number;
  @ApiProperty({ description: '0..100' }) score!: number;
  @ApiProperty({ type: [PartAnswer] }) parts!: PartAnswer[];
  @ApiProperty() weightsVersion!: number;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) runId!: string | null;
  @ApiProperty({ type: LocalAlternativeAnswer, nullable: true }) localAlternative!: LocalAlternativeAnswer | null;
  @ApiProperty({ description: 'true when the local jobs score more on the parts both share' })
  worseThanStaying!: boolean;
  @ApiProperty({ format: 'date' }) dueOn!: string;
  @ApiProperty() createdAt!: Date;
  @ApiProperty() updatedAt!: Date;
  @ApiProperty({ description: 'true when the household has moved with it, or taken it after its move' })
  fulfilled!: boolean;
  @ApiProperty({ description: 'true when the household has moved with it and gone back' }) over!: boolean;
  @ApiProperty({ type: [PlacementAnswer] }) placements!: PlacementAnswer[];
  @ApiProperty({ type: MoveMoneyAnswer, description: 'by the rules of today, for the jobs that stand' })
  support!: MoveMoneyAnswer;
}

export class FailureAnswer {
  @ApiProperty({ example: 'eligibility.housing_required' }) code!: string;
  /** The reason in the language asked for. */
  @ApiProperty() text!: string;
}

class SeekerEligibilityAnswer {
  @ApiProperty({ format: 'uuid' }) seekerId!: string;
  @ApiProperty() eligible!: boolean;
  @ApiProperty({ type: [FailureAnswer] }) failures!: FailureAnswer[];
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'the score it would have; null for an unrelated occupation',
  })
  score!: number | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'the most it would have, with a partner sure of work there',
  })
  mostScore!: number | null;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['changed', 'taken_back'],
    description:
      'turned down before: not proposed until the vacancy changes, or the household takes its dismissal back',
  })
  refusedUntil!: 'changed' | 'taken_back' | null;
  @ApiProperty({ type: [PartAnswer] }) parts!: PartAnswer[];
}

export class EligibilityAnswerDto {
  @ApiProperty({ format: 'uuid' }) householdId!: string;
  @ApiProperty({ format: 'uuid' }) vacancyId!: string;
  @ApiProperty({ description: 'the least score that is proposed at all' }) floor!: number;
  @ApiProperty({ type: [FailureAnswer] }) failures!: FailureAnswer[];
  @ApiProperty({ type: [SeekerEligibilityAnswer] }) seekers!: SeekerEligibilityAnswer[];
}

class ObstacleAnswer {
  @ApiProperty({ example: 'obstacle.teaching_diploma' }) code!: string;
  @ApiProperty({ description: 'open posts that it keeps away' }) vacancies!: number;
  /** In the language asked for. */
  @ApiProperty() text!: string;
}

class SeekerObstaclesAnswer {
  @ApiProperty({ format: 'uuid' }) seekerId!: string;
  @ApiProperty({ description: 'open posts of the occupation that a move may end in, outside the home region' })
  vacancies!: number;
  @ApiProperty({ type: [ObstacleAnswer], description: 'the three that keep most posts away' })
  obstacles!: ObstacleAnswer[];
}

export class ObstaclesAnswerDto {
  @ApiProperty({ format: 'uuid' }) householdId!: string;
  @ApiProperty({ type: [FailureAnswer], description: 'what keeps the whole household out' }) failures!: FailureAnswer[];
  @ApiProperty({ type: [SeekerObstaclesAnswer] }) seekers!: SeekerObstaclesAnswer[];
}

export class OutlookAnswer {
  @ApiProperty({ description: 'open vacancies that some adult reaches the floor of proposals for' }) vacancies!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'score of the best plan, 0..100; null: none anywhere' })
  best!: number | null;
  @ApiProperty({ type: String, nullable: true, example: 'KZ-59', description: 'where that plan is' })
  regionCode!: string | null;
}

class ChangeAnswer {
  @ApiProperty({ example: 'change.driving' }) code!: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'of whom; null: of the whole household' })
  seekerId!: string | null;
  /** In the language asked for. */
  @ApiProperty() text!: string;
  /** What it brings, in the language asked for. */
  @ApiProperty() effect!: string;
  @ApiProperty({ type: OutlookAnswer }) outlook!: OutlookAnswer;
}

export class ChangesAnswerDto {
  @ApiProperty({ format: 'uuid' }) householdId!: string;
  @ApiProperty({ type: [FailureAnswer], description: 'what keeps the whole household out' }) failures!: FailureAnswer[];
  @ApiProperty({ type: OutlookAnswer }) now!: OutlookAnswer;
  @ApiProperty({ type: [ChangeAnswer], description: 'what helps most first; each by itself' }) changes!: ChangeAnswer[];
}

class ShardProgress {
  @ApiProperty() done!: number;
  @ApiProperty() all!: number;
}

export class MatchRunAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() reason!: string;
  @ApiProperty({
    type: [String],
    nullable: true,
    description:
      'new or changed vacancies whose households it looked at; none: households that asked together; null: another run',
  })
  vacancyIds!: string[] | null;
  @ApiProperty() weightsVersion!: number;
  @ApiProperty() asOf!: Date;
  @ApiProperty({
    enum: ['running', 'done', 'failed', 'superseded'],
    description: 'superseded: a newer run over all came in its place',
  })
  status!: MatchRunStatus;
  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'the run in whose place it came' })
  supersedes!: string | null;
  @ApiProperty({
    type: ShardProgress,
    nullable: true,
    description: 'while workers compute it: how many of its shards are done',
  })
  shards!: ShardProgress | null;
  @ApiProperty() households!: number;
  @ApiProperty() seekers!: number;
  @ApiProperty() vacancies!: number;
  @ApiProperty() pairsScored!: number;
  @ApiProperty() proposalsMade!: number;
  @ApiProperty() proposalsWithdrawn!: number;
  @ApiProperty() startedAt!: Date;
  @ApiProperty({ type: Date, nullable: true }) finishedAt!: Date | null;
}

export class MatchRunRequestedAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ['running'] }) status!: 'running';
}
