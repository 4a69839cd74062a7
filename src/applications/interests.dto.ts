import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsOptional, IsUUID } from 'class-validator';
import { LANGUAGES, type Language } from '../i18n/language.js';

/** Interest in every job of an approved match. */
export class NewInterestDto {
  /** Jobs (placements) whose employer may see name and phone. */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(2)
  @IsUUID(undefined, { each: true })
  shareWith?: string[];
}

export class SharingDto {
  /** Whether this employer may see name and phone; false takes effect at once. */
  @IsBoolean()
  share!: boolean;
}

class AdultNameAnswer {
  @ApiProperty({ type: String, nullable: true }) givenName!: string | null;
  @ApiProperty({ type: String, nullable: true }) familyName!: string | null;
}

class InterestContactAnswer {
  @ApiProperty({ type: [AdultNameAnswer] }) adults!: AdultNameAnswer[];
  @ApiProperty({ type: String, nullable: true, example: '+77012345678' }) phone!: string | null;
  @ApiProperty({ enum: LANGUAGES }) language!: Language;
}

export class InterestAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) proposalId!: string;
  @ApiProperty({ format: 'uuid' }) placementId!: string;
  @ApiProperty({ format: 'uuid' }) vacancyId!: string;
  @ApiProperty() vacancyTitle!: string;
  @ApiProperty({ description: 'the vacancy is invented, for a demonstration' }) synthetic!: boolean;
  @ApiPropertyOptional({ description: 'to the firm: the household is invented, for a demonstration' })
  householdSynthetic?: boolean;
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty({ example: '591000000' }) districtKato!: string;
  /** Everybody who would come. */
  @ApiProperty({ type: 'integer' }) persons!: number;
  @ApiProperty() expressedAt!: Date;
  /** Since when the employer may see who they are; null: not, or no longer. */
  @ApiProperty({ type: Date, nullable: true }) sharedAt!: Date | null;
  @ApiProperty({ type: Date, nullable: true }) withdrawnAt!: Date | null;
  /** False when it was taken back or the match no longer stands. */
  @ApiProperty() standing!: boolean;
  @ApiProperty({
    type: InterestContactAnswer,
    nullable: true,
    description: 'for the employer that the household consented to, and nobody else',
  })
  contact!: InterestContactAnswer | null;
}
