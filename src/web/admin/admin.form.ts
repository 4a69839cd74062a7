import { Transform } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { SHORTEST_SOURCE } from '../../applications/applications.dto.js';
import { LANGUAGES, type Language } from '../../i18n/language.js';
import { STAFF_ROLES, type StaffRole, TOKEN_ROLES, type TokenRole } from '../../shared/access.js';
import { QUOTA_CATEGORIES, type QuotaCategory } from '../../programme/programme.queries.js';
import { IsCalendarDate } from '../../shared/validators.js';
import { wholeNumber } from '../site/form.js';

/** Who is to have an account. */
export class InviteForm {
  @IsDefined({ message: 'page.admin.label_missing' })
  @IsString()
  @Length(2, 120)
  label!: string;

  @IsDefined({ message: 'auth.email_invalid' })
  @IsString()
  @Length(3, 254, { message: 'auth.email_invalid' })
  email!: string;

  @IsDefined({ message: 'page.admin.role_missing' })
  @IsIn(STAFF_ROLES)
  role!: StaffRole;

  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  regionCode?: string;

  /** Of the letter. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}

/** Why a second factor is reset. */
export class ResetForm {
  @IsDefined({ message: 'page.admin.reason_missing' })
  @IsString()
  @Length(5, 500, { message: 'page.admin.reason_missing' })
  reason!: string;
}

/** What a new token is to be. */
export class TokenForm {
  @IsDefined({ message: 'page.admin.label_missing' })
  @IsString()
  @Length(2, 120)
  label!: string;

  @IsDefined({ message: 'page.admin.role_missing' })
  @IsIn(TOKEN_ROLES)
  role!: TokenRole;

  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  regionCode?: string;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  bin?: string;

  /** The last day on which it works. */
  @IsOptional()
  @IsCalendarDate()
  expiresOn?: string;
}

/** A revision of a quota by an order. */
export class QuotaForm {
  @IsDefined({ message: 'page.quotas.region_missing' })
  @Matches(/^KZ-\d{2}$/)
  regionCode!: string;

  @IsDefined({ message: 'page.quotas.category_missing' })
  @IsIn(QUOTA_CATEGORIES)
  category!: QuotaCategory;

  @IsDefined({ message: 'page.quotas.persons_missing' })
  @Transform(wholeNumber)
  @IsInt({ message: 'page.quotas.persons_missing' })
  @Min(0)
  @Max(1_000_000)
  persons!: number;

  /** `YYYY-MM-DD`. */
  @IsDefined({ message: 'page.quotas.from_missing' })
  @IsCalendarDate()
  validFrom!: string;

  /** The order that says so. */
  @IsDefined({ message: 'quota.source_missing' })
  @IsString()
  @Length(SHORTEST_SOURCE, 500, { message: 'quota.source_missing' })
  source!: string;

  /** Whether somebody has read the order itself. */
  @IsDefined({ message: 'page.quotas.verified_missing' })
  @IsIn(['yes', 'no'])
  verified!: 'yes' | 'no';
}
