import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { May } from '../shared/permissions.js';
import { FlowsService } from './flows.service.js';

const HIDDEN = 'null: fewer than five households, or hidden because such a number could be found by subtraction';

class FlowSizeAnswer {
  @ApiProperty({ type: Number, nullable: true, description: HIDDEN }) households!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'null together with `households`' }) persons!:
    number | null;
}

class FlowAnswer {
  @ApiProperty({ example: 'KZ-61', description: 'where the households live' }) origin!: string;
  @ApiProperty({ example: 'KZ-59' }) reception!: string;
  @ApiProperty({ type: FlowSizeAnswer, description: 'proposals that wait for the centre' }) waiting!: FlowSizeAnswer;
  @ApiProperty({ type: FlowSizeAnswer }) approved!: FlowSizeAnswer;
  @ApiProperty({ type: FlowSizeAnswer, description: 'of the approved, those who said yes' })
  interested!: FlowSizeAnswer;
}

class FlowsAnswer {
  @ApiProperty() asOf!: Date;
  @ApiProperty({ type: [String], description: 'every region that takes settlers in, or ever did' })
  receptions!: string[];
  @ApiProperty({ type: [FlowAnswer], description: 'a pair that is left out has no proposal that stands' })
  flows!: FlowAnswer[];
}

@ApiTags('analysis')
@Controller('api/v1/analysis')
export class FlowsController {
  constructor(private readonly flows: FlowsService) {}

  @Get('flows')
  @May('analysis.read')
  @ApiOperation({ summary: 'From which regions to which households are proposed to move: households and persons' })
  @ApiOkResponse({ type: FlowsAnswer })
  all(): Promise<FlowsAnswer> {
    return this.flows.flows();
  }
}
