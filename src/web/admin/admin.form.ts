import { IsDefined, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { LANGUAGES, type Language } from '../../i18n/language.js';
import { STAFF_ROLES, type StaffRole, TOKEN_ROLES, type TokenRole } from '../../shared/access.js';
import { IsCalendarDate } from '../../shared/validators.js';

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
