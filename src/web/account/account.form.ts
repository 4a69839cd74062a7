import { IsDefined, IsString, Length, Matches } from 'class-validator';

export class PhoneForm {
  @IsDefined({ message: 'auth.phone_invalid' })
  @IsString()
  @Length(5, 40, { message: 'auth.phone_invalid' })
  phone!: string;
}

/** Six digits, however they were spaced. */
export class CodeForm {
  @IsDefined({ message: 'auth.code_missing' })
  @Matches(/^\D*(\d\D*){6}$/, { message: 'auth.code_shape' })
  code!: string;
}

export class BackupCodeForm {
  @IsDefined({ message: 'auth.code_missing' })
  @IsString()
  @Length(4, 60)
  code!: string;
}

export class EmailForm {
  @IsDefined({ message: 'auth.email_invalid' })
  @IsString()
  @Length(3, 254, { message: 'auth.email_invalid' })
  email!: string;
}

export class PasswordForm extends EmailForm {
  @IsDefined({ message: 'auth.password_missing' })
  @IsString()
  @Length(1, 200)
  password!: string;
}

export class NewPasswordForm {
  @IsDefined({ message: 'auth.password_missing' })
  @IsString()
  @Length(1, 200)
  password!: string;

  @IsDefined({ message: 'auth.password_repeat' })
  @IsString()
  repeat!: string;
}
