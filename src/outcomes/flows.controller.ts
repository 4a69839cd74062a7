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
  @ApiProperty({ example: 'KZ-61', description: 'where the households live, or lived when they applied' })
  origin!: string;
  @ApiProperty({ example: 'KZ-59' }) reception!: string;
  @ApiProperty({ type: FlowSizeAnswer, description: 'proposals that wait for the centre' }) waiting!: FlowSizeAnswer;
  @ApiProperty({ type: FlowSizeAnswer, description: 'and neither moved yet nor refused, withdrawn or lapsed' })
  approved!: FlowSizeAnswer;
  @ApiProperty({ type: FlowSizeAnswer, description: 'of the approved, those who said yes' })
  interested!: FlowSizeAnswer;
  @ApiProperty({
    type: FlowSizeAnswer,
    description: 'who has moved by an application, from where they applied; who went back is among them',
  })
  arrived!: FlowSizeAnswer;
  @ApiProperty({ type: FlowSizeAnswer, description: 'of the arrived, those who went back' }) returned!: FlowSizeAnswer;
}

class FlowsAnswer {
  @ApiProperty() asOf!: Date;
  @ApiProperty({ type: [String], description: 'every region that takes settlers in, or ever did' })
  receptions!: string[];
  @ApiProperty({ type: [FlowAnswer], description: 'a pair that is left out has nobody who would move or has' })
  flows!: FlowAnswer[];
}

@ApiTags('analysis')
@Controller('api/v1/analysis')
export class FlowsController {
  constructor(private readonly flows: FlowsService) {}

  @Get('flows')
  @May('analysis.read')
  @ApiOperation({
    summary:
      'From which regions to which households are proposed to move, have moved and gone back: households and persons',
  })
  @ApiOkResponse({ type: FlowsAnswer })
  all(): Promise<FlowsAnswer> {
    return this.flows.flows();
  }
}
