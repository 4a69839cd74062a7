import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { May } from '../shared/permissions.js';
import { translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { type Specialisation, wordsKey } from './resolver/specialisations.js';
import { OccupationService } from './occupation.service.js';
import { ResolutionAnswer, ResolveQuery } from './occupations.dto.js';

const inWords = (found: Specialisation): Record<Language, string> => {
  const key = wordsKey(found);
  return { kk: translate('kk', key), ru: translate('ru', key), en: translate('en', key) };
};

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
      specialisation: found.specialisation && { ...found.specialisation, names: inWords(found.specialisation) },
      alternatives: found.alternatives.map((guess) => ({ ...guess, names: namesOf(guess.isco)! })),
    };
  }
}
