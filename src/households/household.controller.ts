import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../shared/access.js';
import { May } from '../shared/permissions.js';
import { HouseholdChangeService } from './household-change.service.js';
import { FoundSeeker, HouseholdPage, HouseholdView } from './household-view.js';
import { HouseholdChangeDto, HouseholdListQuery, IinQuestionDto, NewHouseholdDto } from './household.dto.js';
import { HouseholdService } from './household.service.js';

@ApiTags('households')
@May('households.manage')
@Controller('api/v1/households')
export class HouseholdController {
  constructor(
    private readonly households: HouseholdService,
    private readonly changes: HouseholdChangeService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Households, the newest first, without what says who they are' })
  @ApiOkResponse({ type: HouseholdPage })
  list(@Query() query: HouseholdListQuery): Promise<HouseholdPage> {
    return this.households.list(query);
  }

  @Post()
  @ApiOperation({ summary: 'Register a household; repeated with the same Idempotency-Key it is made once' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,128}$' },
  })
  @ApiCreatedResponse({ type: HouseholdView })
  create(
    @Body() household: NewHouseholdDto,
    @CurrentActor() actor: Actor,
    @Headers('idempotency-key') key?: string,
  ): Promise<HouseholdView> {
    return this.households.create(household, actor, key);
  }

  @Post('find-by-iin')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Whose IIN this is; asked in the body, because addresses are logged. An answer stands in the audit log',
  })
  @ApiOkResponse({ type: FoundSeeker })
  findByIin(@Body() { iin }: IinQuestionDto, @CurrentActor() actor: Actor): Promise<FoundSeeker> {
    return this.households.findByIin(iin, actor);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One household with names and phone; each reading stands in the audit log' })
  @ApiOkResponse({ type: HouseholdView })
  read(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<HouseholdView> {
    return this.households.readRecorded(id, actor);
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change a household; without consent to matching or the wish to move its open proposals are withdrawn',
  })
  @ApiOkResponse({ type: HouseholdView })
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() change: HouseholdChangeDto,
    @CurrentActor() actor: Actor,
  ): Promise<HouseholdView> {
    await this.changes.change(id, change, actor);
    return this.households.read(id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Erase a household and everything that says who it was' })
  @ApiNoContentResponse()
  erase(@Param('id', ParseUUIDPipe) id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.households.erase(id, actor);
  }
}
