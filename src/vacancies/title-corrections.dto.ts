import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';
import { PageQuery } from '../shared/page-query.js';

const LONGEST = 500;

export class UnsureQuery extends PageQuery {
  /** Region of the vacancies. */
  @ApiPropertyOptional({ example: 'KZ-59' })
  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  region?: string;

  /** Area of Enbek. */
  @ApiPropertyOptional({ minimum: 101, maximum: 125 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(101)
  @Max(125)
  area?: number;
}

export class CorrectionsQuery extends PageQuery {
  /** Only those that nobody has replaced or withdrawn. */
  @ApiPropertyOptional({ type: Boolean, default: false })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  standing?: boolean;
}

export class CorrectionDto {
  /** Any spelling of the title. */
  @ApiProperty({ example: 'қырқымшы', maxLength: LONGEST })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST)
  title!: string;

  /** Area of the vacancy; needed where the title is no more than the word of a family («мастер»). */
  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 101, maximum: 125 })
  @IsOptional()
  @IsInt()
  @Min(101)
  @Max(125)
  area?: number | null;

  /** ISCO-08 unit group; null: the title names no occupation. */
  @ApiProperty({ type: String, nullable: true, example: '6121' })
  @ValidateIf((_, value) => value !== null)
  @IsString()
  @Matches(/^\d{4}$/)
  isco!: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string | null;
}

class GuessedOccupation {
  @ApiProperty({ example: '5132' }) isco!: string;
  @ApiProperty({ minimum: 0, maximum: 1 }) confidence!: number;
}

class UnsureExample {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: String, nullable: true }) subtitle!: string | null;
  @ApiProperty({ type: Number, nullable: true }) areaId!: number | null;
  @ApiProperty({ type: String, nullable: true }) education!: string | null;
  @ApiProperty() regionCode!: string;
  @ApiProperty() employerName!: string;
  @ApiProperty({ description: 'invented, for a demonstration' }) synthetic!: boolean;
}

export class UnsureTitleAnswer {
  @ApiProperty({ description: 'What the spellings share.' }) key!: string;
  @ApiProperty({ type: [String], description: 'The most frequent first, at most five.' }) spellings!: string[];
  @ApiProperty({ type: [Number], description: 'Areas of Enbek, the most frequent first.' }) areaIds!: number[];
  @ApiProperty({ description: 'Open ones.' }) vacancies!: number;
  @ApiProperty() openings!: number;
  @ApiProperty({ description: 'People who look for work under such a title, in all regions.' }) seekers!: number;
  @ApiProperty({ type: UnsureExample, description: 'The newest vacancy.' }) example!: UnsureExample;
  @ApiProperty({ type: [GuessedOccupation], description: 'The guess in use, then what else it may be.' })
  guesses!: GuessedOccupation[];
}

export class UnsureTitlesPage {
  @ApiProperty({ type: [UnsureTitleAnswer] }) items!: UnsureTitleAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty({ description: 'How many titles wait in all.' }) total!: number;
}

export class CorrectionAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'The spelling that was corrected.' }) title!: string;
  @ApiProperty({ type: Number, nullable: true }) areaId!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'Null: the title names no occupation.' })
  isco!: string | null;
  @ApiProperty({ type: String, nullable: true }) note!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Region of the officer.' }) regionCode!: string | null;
  @ApiProperty({ type: String, nullable: true }) madeByLabel!: string | null;
  @ApiProperty({ format: 'date-time' }) madeAt!: Date;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) endedAt!: Date | null;
  @ApiProperty({ enum: ['superseded', 'withdrawn'], nullable: true }) endedReason!: 'superseded' | 'withdrawn' | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Open vacancies re-coded; null until that is done.' })
  vacancies!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'People re-coded.' }) seekers!: number | null;
  @ApiProperty({ description: 'False while a job re-codes.' }) recoded!: boolean;
  @ApiProperty({ description: 'Of the lexicon.' }) version!: number;
}

export class CorrectionsPage {
  @ApiProperty({ type: [CorrectionAnswer] }) items!: CorrectionAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
