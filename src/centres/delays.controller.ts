import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { May } from '../shared/permissions.js';
import { DelaysService } from './delays.service.js';

const FEW = 'null: fewer than five, which are told to nobody beyond the centre';

class WeekDelaysAnswer {
  @ApiProperty({ format: 'date', description: 'its Monday' }) week!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'null with fewer than five decisions' }) medianDays!:
    number | null;
  @ApiProperty({ type: Number, nullable: true }) p90Days!: number | null;
}

class CentreDelaysAnswer {
  @ApiProperty({ example: 'KZ-59' }) region!: string;
  @ApiProperty({ type: Number, nullable: true, description: FEW }) waiting!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: FEW }) overdue!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: FEW }) decided!: number | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'working days from the proposal to a decision; null with fewer than five decisions',
  })
  medianDays!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'within which nine of ten decisions were made' })
  p90Days!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: FEW }) approve!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: FEW }) return!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: FEW }) refer!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: FEW }) reject!: number | null;
  @ApiProperty({ type: [WeekDelaysAnswer] }) byWeek!: WeekDelaysAnswer[];
}

class ReasonCountAnswer {
  @ApiProperty({ enum: ['approve', 'return', 'refer', 'reject'] }) action!: string;
  @ApiProperty({ example: 'diploma_missing' }) reason!: string;
  @ApiProperty({ type: Number, nullable: true, description: FEW }) decisions!: number | null;
}

class DelaysAnswer {
  @ApiProperty() asOf!: Date;
  @ApiProperty({ type: [String] }) weeks!: string[];
  @ApiProperty({ type: [CentreDelaysAnswer] }) centres!: CentreDelaysAnswer[];
  @ApiProperty({ type: [ReasonCountAnswer], description: 'of all centres together' }) reasons!: ReasonCountAnswer[];
}

@ApiTags('analysis')
@Controller('api/v1/analysis')
export class DelaysController {
  constructor(private readonly delays: DelaysService) {}

  @Get('delays')
  @May('analysis.read')
  @ApiOperation({ summary: 'How long people wait for each centre: twelve weeks of decisions that people made' })
  @ApiOkResponse({ type: DelaysAnswer })
  all(): Promise<DelaysAnswer> {
    return this.delays.delays();
  }
}
