import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { SUPPORT_CODES, SUPPORT_CONDITIONS, type SupportCode, type SupportCondition } from './support-rules.js';

export class ProgrammeQuery {
  /** Calendar date in Kazakhstan; today by default. */
  @ApiPropertyOptional({ example: '2026-03-01' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  on?: string;
}

class DatedFigureAnswer {
  /** The first day on which the figure holds. */
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty() source!: string;
  @ApiProperty({ description: 'False where it comes from no written source.' }) verified!: boolean;
}

class MciAnswer extends DatedFigureAnswer {
  @ApiProperty({ example: 4325 }) tenge!: number;
}

class RentStepAnswer {
  @ApiProperty({ description: 'Families of so many persons and more, up to the next step.' }) persons!: number;
  @ApiProperty({ description: 'MCI a month in a town' }) urban!: number;
  @ApiProperty({ description: 'MCI a month in a village' }) rural!: number;
  @ApiProperty() verified!: boolean;
}

class MeasureAnswer extends DatedFigureAnswer {
  @ApiProperty({ enum: SUPPORT_CODES }) code!: SupportCode;
  @ApiProperty({ enum: ['household', 'employer'] }) payee!: 'household' | 'employer';
  @ApiProperty({ enum: ['per_person', 'at_most', 'per_worker', 'by_size', 'in_kind'] }) kind!: string;
  @ApiPropertyOptional({ enum: SUPPORT_CONDITIONS, isArray: true }) conditions?: readonly SupportCondition[];
  @ApiPropertyOptional() mci?: number;
  @ApiPropertyOptional({ description: 'The same by the index of the day.' }) tenge?: number;
  @ApiPropertyOptional() priceSharePercent?: number;
  @ApiPropertyOptional() years?: number;
  @ApiPropertyOptional() months?: number;
  @ApiPropertyOptional({ type: [RentStepAnswer] }) scale?: readonly RentStepAnswer[];
}

class ListedRegionAnswer {
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty() verified!: boolean;
}

class VersionAnswer {
  @ApiProperty() code!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ format: 'date' }) validFrom!: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) validTo!: string | null;
  @ApiProperty() source!: string;
  @ApiProperty() verified!: boolean;
}

class ProgrammeQuotaAnswer {
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty({ enum: ['settlers', 'kandas'] }) category!: 'settlers' | 'kandas';
  @ApiProperty() persons!: number;
  @ApiProperty({ format: 'date', description: 'From when this revision counts.' }) validFrom!: string;
  @ApiProperty({ description: 'Of how many revisions of the year so far this is the last.' }) revision!: number;
  @ApiProperty() source!: string;
  @ApiProperty() verified!: boolean;
}

class NationalQuotaAnswer {
  @ApiProperty() settlers!: number;
  @ApiProperty() kandas!: number;
  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'Null: the day is not known.' })
  validFrom!: string | null;
  @ApiProperty() source!: string;
  @ApiProperty() verified!: boolean;
}

export class ProgrammeAnswer {
  @ApiProperty({ format: 'date' }) on!: string;
  @ApiProperty({ type: MciAnswer }) mci!: MciAnswer;
  @ApiProperty({ type: [MeasureAnswer] }) measures!: MeasureAnswer[];
  @ApiProperty({ type: VersionAnswer }) version!: VersionAnswer;
  @ApiProperty({ type: [ListedRegionAnswer] }) departure!: ListedRegionAnswer[];
  @ApiProperty({ type: [ListedRegionAnswer] }) reception!: ListedRegionAnswer[];
  @ApiProperty({ type: [ProgrammeQuotaAnswer], description: 'Empty where no split by regions was published.' })
  quotas!: ProgrammeQuotaAnswer[];
  @ApiProperty({
    type: [NationalQuotaAnswer],
    description: 'Totals of the year: the one in force, and one whose day is not known.',
  })
  nationalQuotas!: NationalQuotaAnswer[];
}
