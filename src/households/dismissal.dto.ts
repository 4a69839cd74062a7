import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { DISMISSAL_REASONS, DISMISSAL_SCOPES, type DismissalReason, type DismissalScope } from './dismissal.entity.js';

/** What is not wanted, and why; the target of its scope is needed. */
export class NewDismissalDto {
  @IsIn(DISMISSAL_SCOPES)
  scope!: DismissalScope;

  @IsOptional()
  @IsUUID()
  vacancyId?: string;

  @IsOptional()
  @Matches(/^\d{9}$/)
  districtKato?: string;

  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  regionCode?: string;

  @IsIn(DISMISSAL_REASONS)
  reason!: DismissalReason;
}

export class DismissalAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: DISMISSAL_SCOPES }) scope!: DismissalScope;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) vacancyId!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '591000000' }) districtKato!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'KZ-59' }) regionCode!: string | null;
  @ApiProperty({ enum: DISMISSAL_REASONS }) reason!: DismissalReason;
  @ApiProperty() at!: Date;
}
