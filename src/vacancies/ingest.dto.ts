import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  IsUrl,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { PageQuery } from '../shared/page-query.js';
import { CONNECTORS, type ConnectorName } from './connector.js';
import { RESOLVED_REASONS, type ResolvedReason } from './rejected.queries.js';

const SOURCE = /^[a-z0-9][a-z0-9._:-]{0,99}$/;
const asBoolean = ({ value }: { value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

export class UploadQuery {
  /** File name or address of the upload, as a person knows it; its ending tells CSV from NDJSON. */
  @ApiProperty({ example: 'enbek-2026-09-03.ndjson.gz' })
  @IsString()
  @Length(1, 500)
  origin: string = 'upload';

  /** The name under which the vacancies are identified. */
  @ApiPropertyOptional({ example: 'enbek' })
  @IsOptional()
  @Matches(SOURCE)
  source?: string;

  @ApiPropertyOptional({ enum: CONNECTORS })
  @IsOptional()
  @IsIn(CONNECTORS)
  connector?: ConnectorName;

  /** The vacancies are invented, for a demonstration or a trial. */
  @ApiPropertyOptional()
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean()
  synthetic?: boolean;
}

export class IngestUrlDto {
  /** One vacancy page, or a file. */
  @ApiProperty({ example: 'https://www.enbek.kz/ru/vacancy/yurist~5915950' })
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  @MaxLength(2_000)
  url!: string;

  @ApiPropertyOptional({ example: 'enbek' })
  @IsOptional()
  @Matches(SOURCE)
  source?: string;

  @ApiPropertyOptional({ enum: CONNECTORS })
  @IsOptional()
  @IsIn(CONNECTORS)
  connector?: ConnectorName;
}

export class RunsQuery extends PageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(SOURCE)
  source?: string;
}

export class RejectedQuery extends PageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(SOURCE)
  source?: string;

  /** ISO 3166-2 code, where the record's region could be read. */
  @ApiPropertyOptional({ example: 'KZ-59' })
  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  region?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  runId?: string;

  @ApiPropertyOptional({ example: 'place.conflict' })
  @IsOptional()
  @Matches(/^[a-z_]+(\.[a-z_]+)+$/)
  code?: string;

  /** Also records that were put right, or that their source has dropped. */
  @ApiPropertyOptional()
  @IsOptional()
  @Transform(asBoolean)
  @IsBoolean()
  resolved?: boolean;
}

export class RetryDto {
  /** The records to read again; without it every open one. */
  @ApiPropertyOptional({ type: [String], format: 'uuid' })
  @IsOptional()
  @IsUUID(undefined, { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  ids?: string[];

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(SOURCE)
  source?: string;
}

export class IngestRunAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() source!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Of a firm’s own feed: its name.' }) firm!: string | null;
  @ApiProperty() connector!: string;
  @ApiProperty() origin!: string;
  @ApiProperty({ enum: ['queued', 'running', 'applied', 'refused', 'failed'] }) status!: string;
  @ApiProperty({ type: Boolean, nullable: true, description: 'The file held the whole source.' }) complete!:
    boolean | null;
  @ApiProperty({ type: Date, nullable: true }) generatedAt!: Date | null;
  @ApiProperty() synthetic!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'Why nothing was applied.' }) errorCode!: string | null;
  @ApiProperty({ type: Object, nullable: true }) errorParams!: object | null;
  @ApiProperty() read!: number;
  @ApiProperty() inserted!: number;
  @ApiProperty() updated!: number;
  @ApiProperty() unchanged!: number;
  @ApiProperty() closed!: number;
  @ApiProperty() rejected!: number;
  @ApiProperty({ type: Object, description: 'How often each warning was given, by code.' }) warnings!: object;
  @ApiProperty() startedAt!: Date;
  @ApiProperty({ type: Date, nullable: true }) finishedAt!: Date | null;
}

export class IngestRunPage {
  @ApiProperty({ type: [IngestRunAnswer] }) items!: IngestRunAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class QueuedRunAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
}

export class RejectedRecordAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) runId!: string;
  @ApiProperty() source!: string;
  @ApiProperty() connector!: string;
  @ApiProperty() origin!: string;
  @ApiProperty({ description: 'How a person finds the record.', example: 'line 17' }) ref!: string;
  @ApiProperty({ type: String, nullable: true }) externalId!: string | null;
  @ApiProperty({ example: 'place.conflict' }) code!: string;
  @ApiProperty({ type: String, nullable: true }) field!: string | null;
  @ApiProperty({ type: Object }) params!: object;
  @ApiProperty({ description: 'The words of the code in the asked language.' }) message!: string;
  @ApiProperty({ description: 'The record as it was read.' }) raw!: string;
  @ApiProperty({ type: String, nullable: true }) regionCode!: string | null;
  @ApiProperty() rejectedAt!: Date;
  @ApiProperty({ type: Date, nullable: true }) retriedAt!: Date | null;
  @ApiProperty({ type: Date, nullable: true }) resolvedAt!: Date | null;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: RESOLVED_REASONS,
    description: '`accepted`: put right; `absent`: a complete feed of its source has dropped it.',
  })
  resolvedReason!: ResolvedReason | null;
}

export class RejectedRecordPage {
  @ApiProperty({ type: [RejectedRecordAnswer] }) items!: RejectedRecordAnswer[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

class RejectedLineAnswer {
  @ApiProperty() ref!: string;
  @ApiProperty() code!: string;
  @ApiProperty({ type: String, nullable: true }) field!: string | null;
  @ApiProperty({ type: Object }) params!: object;
  @ApiProperty() message!: string;
}

class ReportErrorAnswer {
  @ApiProperty() code!: string;
  @ApiProperty({ type: Object }) params!: object;
  @ApiProperty() message!: string;
}

export class IngestReportAnswer {
  @ApiProperty({ format: 'uuid' }) runId!: string;
  @ApiProperty() source!: string;
  @ApiProperty({ enum: ['applied', 'refused'] }) status!: 'applied' | 'refused';
  @ApiProperty() read!: number;
  @ApiProperty() inserted!: number;
  @ApiProperty() updated!: number;
  @ApiProperty() unchanged!: number;
  @ApiProperty() closed!: number;
  @ApiProperty() rejectedCount!: number;
  @ApiProperty({ type: [RejectedLineAnswer], description: 'The first thousand.' }) rejected!: RejectedLineAnswer[];
  @ApiProperty({ type: Object }) warnings!: object;
  @ApiProperty({ type: [RejectedLineAnswer], description: 'The first twenty warnings, each with its record.' })
  warned!: RejectedLineAnswer[];
  @ApiPropertyOptional({ type: ReportErrorAnswer }) error?: ReportErrorAnswer;
}
