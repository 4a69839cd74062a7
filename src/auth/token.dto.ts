import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { ROLES, type Role, TOKEN_ROLES, type TokenRole } from '../shared/access.js';

export class NewTokenDto {
  /** What the token may do. */
  @IsIn(TOKEN_ROLES)
  role!: TokenRole;

  /** Who or what it is for, as lists and the audit log show it; no personal data. */
  @IsString()
  @Length(1, 120)
  label!: string;

  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  regionCode?: string;

  @IsOptional()
  @IsUUID()
  employerId?: string;

  /** An instant such as `2027-01-01T00:00:00Z`. */
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  expiresAt?: string;
}

export class NewTokenAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  /** Shown this once. */
  @ApiProperty({ example: 'qny_…' }) token!: string;
}

export class TokenAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() label!: string;
  @ApiProperty({ enum: TOKEN_ROLES }) role!: TokenRole;
  @ApiProperty({ type: String, nullable: true }) regionCode!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) employerId!: string | null;
  @ApiProperty() createdAt!: Date;
  @ApiProperty({ type: Date, nullable: true }) expiresAt!: Date | null;
  @ApiProperty({ type: Date, nullable: true }) revokedAt!: Date | null;
  @ApiProperty({ type: Date, nullable: true }) lastUsedAt!: Date | null;
}

export class TokensPage {
  @ApiProperty({ type: [TokenAnswer] }) items!: TokenAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class ActorAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() label!: string;
  @ApiProperty({ enum: ROLES }) role!: Role;
  @ApiProperty({ type: String, nullable: true }) regionCode!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) employerId!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) householdId!: string | null;
  @ApiProperty({ enum: ['token', 'session'] }) via!: 'token' | 'session';
}
