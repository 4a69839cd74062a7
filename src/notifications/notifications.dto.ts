import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches } from 'class-validator';
import { CHANNEL_CODES, type ChannelCode } from '../channels/channel.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../channels/receipts.queries.js';
import { PageQuery } from '../shared/page-query.js';

/** Which receipts: of one event, of one proposal, of one region; all of those that the caller may see without any. */
export class DeliveriesQuery extends PageQuery {
  @IsOptional()
  @IsUUID()
  event?: string;

  @IsOptional()
  @IsUUID()
  proposal?: string;

  /** ISO 3166-2. An officer may name the own region only: 403 for another. */
  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  region?: string;
}

/** A receipt: to whom by the household's id, never by an address, and never with the text. */
export class DeliveryAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) event!: string;
  @ApiProperty({ example: 'proposal.approved' }) topic!: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: of another subject' })
  proposal!: string | null;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null: whoever asked a question, without a household',
  })
  household!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'KZ-59' }) region!: string | null;
  @ApiProperty({ enum: CHANNEL_CODES }) channel!: ChannelCode;
  @ApiProperty({ enum: DELIVERY_STATUSES }) status!: DeliveryStatus;
  @ApiProperty() attempts!: number;
  /** It may have gone out more than once. */
  @ApiProperty() inDoubt!: boolean;
  @ApiProperty({ type: Number, nullable: true }) parts!: number | null;
  @ApiProperty() messageRef!: string;
  @ApiProperty({ type: String, nullable: true }) gatewayRef!: string | null;
  @ApiProperty({ type: String, nullable: true }) errorCode!: string | null;
  @ApiProperty({ type: String, nullable: true }) suppressedReason!: string | null;
  @ApiProperty({ type: String, nullable: true }) language!: string | null;
  @ApiProperty() createdAt!: Date;
  @ApiProperty({ type: Date, nullable: true }) firstSentAt!: Date | null;
  @ApiProperty({ type: Date, nullable: true }) finishedAt!: Date | null;
  /** How it ended or stands, and why, in the caller's language. */
  @ApiProperty() text!: string;
}

/** A message in the app as its household reads it. */
export class OwnMessageAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() title!: string;
  @ApiProperty() body!: string;
  @ApiProperty() createdAt!: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'Null: not read yet' }) readAt!: Date | null;
}

export class DeliveriesPage {
  @ApiProperty({ type: [DeliveryAnswer] }) items!: DeliveryAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}
