import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { May } from '../shared/permissions.js';
import { OccupationService } from './occupation.service.js';
import { ResolutionAnswer, ResolveQuery } from './occupations.dto.js';

@ApiTags('occupations')
@Controller('api/v1/occupations')
export class OccupationsController {
  constructor(private readonly occupations: OccupationService) {}

  @Get('resolve')
  @May('occupations.read')
  @ApiOperation({ summary: 'The ISCO-08 unit group of a title in Kazakh, Russian or English' })
  @ApiOkResponse({ type: ResolutionAnswer })
  resolve(@Query() { title, secondTitle, area, education }: ResolveQuery): ResolutionAnswer {
    const found = this.occupations.resolve({ title, secondTitle, areaId: area, education });
    const namesOf = (isco: string): ResolutionAnswer['names'] => ({
      kk: this.occupations.nameOf(isco, 'kk'),
      ru: this.occupations.nameOf(isco, 'ru'),
      en: this.occupations.nameOf(isco, 'en'),
    });
    return {
      title,
      ...found,
      names: found.isco === null ? null : namesOf(found.isco),
      alternatives: found.alternatives.map((guess) => ({ ...guess, names: namesOf(guess.isco)! })),
    };
  }
}
