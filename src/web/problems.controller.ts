import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { LANGUAGES, type Language, WORDS, hasWords } from '../i18n/i18n.js';
import { May } from '../shared/permissions.js';
import { Problem } from '../shared/problem.js';

class CodeAnswer {
  @ApiProperty({ example: 'household.not_found' }) code!: string;
  /** Words with their arguments, in ICU MessageFormat, by language. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) words!: Record<Language, string>;
}

/** Where the `type` of every problem leads. */
@ApiTags('problems')
@Controller('api/problems')
export class ProblemsController {
  @Get(':code')
  @May('site.read')
  @ApiOperation({ summary: 'What a code means, in every language' })
  @ApiOkResponse({ type: CodeAnswer })
  explain(@Param('code') code: string): CodeAnswer {
    if (!hasWords(code)) throw new Problem('request.not_found', 404);
    const words = LANGUAGES.map((language) => [language, WORDS[language][code]!] as const);
    return { code, words: Object.fromEntries(words) as Record<Language, string> };
  }
}
