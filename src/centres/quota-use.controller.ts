import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { May } from '../shared/permissions.js';
import { QuotaUseService } from './quota-use.service.js';

export class QuotasQuery {
  @ApiPropertyOptional({ format: 'date', description: 'today without' })
  @IsOptional()
  @IsString()
  on?: string;
}

class QuotaOnDateAnswer {
  @ApiProperty() persons!: number;
  @ApiProperty({ format: 'date' }) validFrom!: string;
  @ApiProperty() source!: string;
  @ApiProperty() verified!: boolean;
}

class QuotaUseAnswer {
  @ApiProperty({ example: 'KZ-59' }) region!: string;
  @ApiProperty({ enum: ['settlers', 'kandas'] }) category!: 'settlers' | 'kandas';
  @ApiProperty({ type: QuotaOnDateAnswer, nullable: true, description: 'null: none, or none was published' })
  quota!: QuotaOnDateAnswer | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'in the whole year so far; null: of fewer than five households (`few`), or kandas, who are not counted',
  })
  approvedPersons!: number | null;
  @ApiProperty() few!: boolean;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'by the ledger, of applications decided; null: of fewer than five households, or kandas',
  })
  reserved!: number | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'by the ledger, of those who came; null: of fewer than five households, or kandas',
  })
  taken!: number | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'of the quota, by the ledger: neither reserved nor taken; null where one of the three is',
  })
  left!: number | null;
}

class CountryQuotaAnswer {
  @ApiProperty() year!: number;
  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'null: the day is not known' })
  validFrom!: string | null;
  @ApiProperty() settlers!: number;
  @ApiProperty() kandas!: number;
  @ApiProperty() source!: string;
  @ApiProperty() verified!: boolean;
}

class QuotasAnswer {
  @ApiProperty() asOf!: Date;
  @ApiProperty({ format: 'date' }) on!: string;
  @ApiProperty() year!: number;
  @ApiProperty({
    type: [CountryQuotaAnswer],
    description: 'totals of the country: the one in force, and one whose day is not known',
  })
  national!: CountryQuotaAnswer[];
  @ApiProperty({ type: [QuotaUseAnswer] }) quotas!: QuotaUseAnswer[];
}

@ApiTags('analysis')
@Controller('api/v1/analysis')
export class QuotaUseController {
  constructor(private readonly quotas: QuotaUseService) {}

  @Get('quotas')
  @May('analysis.read')
  @ApiOperation({ summary: 'Quotas of the regions on a date, and the persons approved in its year' })
  @ApiOkResponse({ type: QuotasAnswer })
  all(@Query() { on }: QuotasQuery): Promise<QuotasAnswer> {
    return this.quotas.quotas(on);
  }
}
