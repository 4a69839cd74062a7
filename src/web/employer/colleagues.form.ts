import { IsDefined, IsString, Length } from 'class-validator';

/** Who is to act for a firm. */
export class ColleagueForm {
  @IsDefined({ message: 'page.colleagues.label_missing' })
  @IsString()
  @Length(2, 120)
  label!: string;

  @IsDefined({ message: 'auth.email_invalid' })
  @IsString()
  @Length(3, 254, { message: 'auth.email_invalid' })
  email!: string;
}

/** The same, of a firm that is named by its BIN. */
export class FirmColleagueForm extends ColleagueForm {
  @IsDefined({ message: 'employer.bin_required' })
  @IsString()
  @Length(1, 40)
  bin!: string;
}
