import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TokenRole } from '../shared/access.js';

/** An access token of a program or a person: its hash, what it may do and where. */
@Entity('api_token')
export class ApiToken {
  @PrimaryColumn('uuid') id!: string;
  @Column({ type: 'text' }) hash!: string;
  @Column({ type: 'text' }) label!: string;
  @Column({ type: 'text' }) role!: TokenRole;
  @Column({ name: 'region_code', type: 'text', nullable: true }) regionCode!: string | null;
  @Column({ name: 'employer_id', type: 'uuid', nullable: true }) employerId!: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true }) expiresAt!: Date | null;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) revokedAt!: Date | null;
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true }) lastUsedAt!: Date | null;
}
