import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { May } from '../shared/permissions.js';
import { FiguresService } from './figures.service.js';
import { TimesService } from './times.service.js';

const HIDDEN = 'null: of fewer than five, or hidden because such a number could be computed from it';

class PaymentFiguresQuery {
  @ApiPropertyOptional({ example: '2026', description: 'a calendar year; the present one without' })
  @IsOptional()
  @IsString()
  year?: string;
}

class RegionTableAnswer {
  @ApiProperty({ type: [String], example: ['KZ-59'] }) regions!: string[];
  @ApiProperty({ type: [String], example: ['employed'] }) columns!: string[];
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'number', nullable: true } },
    description: `a row for each region, in their order; ${HIDDEN}`,
  })
  cells!: (number | null)[][];
  @ApiProperty({ type: 'array', items: { type: 'number', nullable: true }, description: 'of each region' })
  sums!: (number | null)[];
  @ApiProperty({ type: 'array', items: { type: 'number', nullable: true }, description: 'of each column' })
  columnSums!: (number | null)[];
  @ApiProperty({ type: Number, nullable: true }) total!: number | null;
}

class OutcomeFiguresAnswer {
  @ApiProperty() asOf!: Date;
  @ApiProperty({ type: RegionTableAnswer, description: 'adults who arrived, by how they stood when last heard of' })
  adults!: RegionTableAnswer;
  @ApiProperty({ type: RegionTableAnswer, description: 'households that stayed, by how they are housed' })
  housing!: RegionTableAnswer;
}

class ReturnFiguresAnswer {
  @ApiProperty() asOf!: Date;
  @ApiProperty({ type: RegionTableAnswer }) households!: RegionTableAnswer;
  @ApiProperty({ type: RegionTableAnswer, description: 'everybody in them' }) persons!: RegionTableAnswer;
}

class PaymentFiguresAnswer {
  @ApiProperty() asOf!: Date;
  @ApiProperty({ type: 'integer' }) year!: number;
  @ApiProperty({ type: RegionTableAnswer }) tenge!: RegionTableAnswer;
}

class TimesOfRegionAnswer {
  @ApiProperty({ example: 'KZ-59' }) region!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'null: fewer than five' }) ended!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'working days; null with fewer than five' })
  medianDays!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'within which nine of ten ended' }) p90Days!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: `what waits for the region now; ${HIDDEN}` })
  open!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: `of these, past their day; ${HIDDEN}` })
  overdue!: number | null;
}

class TimesAnswer {
  @ApiProperty() asOf!: Date;
  @ApiProperty({ type: [TimesOfRegionAnswer], description: 'from the application to its first forwarding' })
  forwards!: TimesOfRegionAnswer[];
  @ApiProperty({
    type: [TimesOfRegionAnswer],
    description:
      'from the first forwarding, or from the application where it was decided without one, to the first decision',
  })
  decisions!: TimesOfRegionAnswer[];
  @ApiProperty({ type: [TimesOfRegionAnswer], description: 'of questions; `programme`: the programme’s own desk' })
  answers!: TimesOfRegionAnswer[];
}

@ApiTags('analysis')
@Controller('api/v1/analysis')
export class FiguresController {
  constructor(
    private readonly figures: FiguresService,
    private readonly timesOf: TimesService,
  ) {}

  @Get('outcomes')
  @May('analysis.read')
  @ApiOperation({ summary: 'What became of those who moved: work and housing by region' })
  @ApiOkResponse({ type: OutcomeFiguresAnswer })
  outcomes(): Promise<OutcomeFiguresAnswer> {
    return this.figures.outcomes();
  }

  @Get('returns')
  @May('analysis.read')
  @ApiOperation({ summary: 'Who went back, by region and reason' })
  @ApiOkResponse({ type: ReturnFiguresAnswer })
  returns(): Promise<ReturnFiguresAnswer> {
    return this.figures.returns();
  }

  @Get('payments')
  @May('analysis.read')
  @ApiOperation({ summary: 'Support paid in a calendar year, by region and measure' })
  @ApiOkResponse({ type: PaymentFiguresAnswer })
  payments(@Query() { year }: PaymentFiguresQuery): Promise<PaymentFiguresAnswer> {
    return this.figures.payments(year);
  }

  @Get('times')
  @May('analysis.read')
  @ApiOperation({
    summary:
      'How long regions took to forward applications, to decide on them and to answer questions, over a year, and what waits for them now',
  })
  @ApiOkResponse({ type: TimesAnswer })
  times(): Promise<TimesAnswer> {
    return this.timesOf.times();
  }
}
