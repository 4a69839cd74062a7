import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, IsUUID, Length, Max, Min } from 'class-validator';
import { IfGiven } from '../shared/validators.js';
import type { Employer } from './employer.entity.js';

export class NewEmployerDto {
  @ApiProperty({ example: 'ТОО «АЯН м.»' })
  @IsString()
  @Length(1, 1_000)
  name!: string;

  /** Business identification number, 12 digits with a valid check digit. */
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(12, 20)
  bin?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, 500)
  activity?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  headcount?: number;
}

/** Of each account that acts for the firm: whether the person works there. */
export class VerifyEmployerDto {
  /** Accounts of people who work at the firm, as the firm itself said. */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsUUID('all', { each: true })
  worksThere: string[] = [];

  /** Accounts of people who do not; they are shut out at once. */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsUUID('all', { each: true })
  worksNot: string[] = [];
}

export class EmployerAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) legalForm!: string | null;
  @ApiProperty({ type: String, nullable: true }) bin!: string | null;
  @ApiProperty({ type: String, nullable: true }) activity!: string | null;
  @ApiProperty({ type: Number, nullable: true }) headcount!: number | null;
  @ApiProperty({ description: 'An employment centre checked that the firm is who it says.' }) verified!: boolean;
  @ApiProperty() synthetic!: boolean;
}

export function employerAnswer(employer: Employer): EmployerAnswer {
  const { id, name, legalForm, bin, activity, headcount, verifiedAt, synthetic } = employer;
  return { id, name, legalForm, bin, activity, headcount, verified: verifiedAt !== null, synthetic };
}
