import { Transform } from 'class-transformer';
import { IsArray, IsDefined, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { DISMISSAL_REASONS, type DismissalReason } from '../../households/dismissal.entity.js';
import type { NewDismissalDto } from '../../households/dismissal.dto.js';

export class InterestForm {
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsArray()
  @IsUUID(undefined, { each: true })
  shareWith?: string[];
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
