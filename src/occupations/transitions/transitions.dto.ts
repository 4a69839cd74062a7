import { ApiProperty } from '@nestjs/swagger';
import { type Language, translate } from '../../i18n/i18n.js';
import { MISSING_CODES, type Missing, type MissingCode } from './missing.js';
import { type OccupationFacts, VIABILITIES, type Viability } from './transitions.service.js';

export class OccupationNamesAnswer {
  @ApiProperty() kk!: string;
  @ApiProperty() ru!: string;
  @ApiProperty() en!: string;
}

export class MissingAnswer {
  @ApiProperty({ enum: MISSING_CODES }) code!: MissingCode;
  @ApiProperty({ type: [String], description: 'Of `missing.driving`: the categories of which one is needed.' })
  categories!: readonly string[];
  @ApiProperty({ description: 'In the language of the request.' }) text!: string;
}

class NearOccupationAnswer {
  @ApiProperty({ example: '2221' }) isco!: string;
  @ApiProperty({ type: OccupationNamesAnswer }) names!: OccupationNamesAnswer;
  @ApiProperty({ minimum: 0, maximum: 1 }) similarity!: number;
  @ApiProperty({ enum: VIABILITIES, description: 'Viable from a similarity of 0.3, highly viable from 0.4.' })
  viability!: Viability;
  @ApiProperty({ type: [MissingAnswer], description: 'What the occupation asked for lacks for this one.' })
  missing!: MissingAnswer[];
}

export class OccupationAnswer {
  @ApiProperty({ example: '3221', description: 'ISCO-08 unit group.' }) isco!: string;
  @ApiProperty({ type: OccupationNamesAnswer }) names!: OccupationNamesAnswer;
  @ApiProperty({ type: String, nullable: true }) sector!: string | null;
  @ApiProperty({ type: String, nullable: true, enum: ['medicine', 'teaching', 'driving'] }) regulated!: string | null;
  @ApiProperty({ enum: [1, 2, 3, 4], description: 'Of ISCO-08: 1 simple work to 4 professions.' }) skillLevel!: number;
  @ApiProperty({ type: [NearOccupationAnswer], description: 'The nearest first.' }) near!: NearOccupationAnswer[];
}

export function missingInWords(missing: readonly Missing[], language: Language): MissingAnswer[] {
  return missing.map(({ code, categories }) => ({
    code,
    categories,
    text: translate(language, code, { categories: categories.join(' / ') }),
  }));
}

export function occupationInWords(facts: OccupationFacts, language: Language): OccupationAnswer {
  return {
    ...facts,
    near: facts.near.map((near) => ({ ...near, missing: missingInWords(near.missing, language) })),
  };
}
