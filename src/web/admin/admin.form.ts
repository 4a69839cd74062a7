import { IsDefined, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { LANGUAGES, type Language } from '../../i18n/language.js';
import { STAFF_ROLES, type StaffRole } from '../../shared/access.js';

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
