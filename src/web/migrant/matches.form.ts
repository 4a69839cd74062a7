import { Transform } from 'class-transformer';
import { IsArray, IsDefined, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { DISMISSAL_REASONS, type DismissalReason } from '../../households/dismissal.entity.js';
import type { NewDismissalDto } from '../../households/dismissal.dto.js';
import { HIGHEST_RENT_TENGE } from '../../matching/household-support.dto.js';
import { wholeNumber } from '../site/form.js';

export class InterestForm {
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsArray()
  @IsUUID(undefined, { each: true })
  shareWith?: string[];
}

/** Rents that the household states, tenge a month. */
export class RentForm {
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(HIGHEST_RENT_TENGE)
  rentHere?: number;

  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(0)
  @Max(HIGHEST_RENT_TENGE)
  rentThere?: number;
}

export class SharingForm {
  @IsIn(['yes', 'no'])
  share!: string;

  @IsUUID()
  match!: string;
}

export class DismissForm {
  @IsDefined({ message: 'dismissal.target_missing' })
  @Matches(/^(district|region|vacancy [0-9a-f-]{36})$/, { message: 'dismissal.target_missing' })
  target!: string;

  @IsDefined({ message: 'dismissal.reason_missing' })
  @IsIn(DISMISSAL_REASONS, { message: 'dismissal.reason_missing' })
  reason!: DismissalReason;
}

/** What a form about a match dismisses. */
export function dismissalOf(
  { target, reason }: DismissForm,
  match: { districtKato: string; regionCode: string },
): NewDismissalDto {
  if (target === 'district') return { scope: 'district', districtKato: match.districtKato, reason };
  if (target === 'region') return { scope: 'region', regionCode: match.regionCode, reason };
  return { scope: 'vacancy', vacancyId: target.slice('vacancy '.length), reason };
}
