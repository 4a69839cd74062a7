import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { type Language, translate } from '../i18n/i18n.js';
import { CONDITIONS, COURSE_KINDS, type Condition, type CourseKind } from '../occupations/transitions/routes.js';
import { MissingAnswer, OccupationNamesAnswer, missingInWords } from '../occupations/transitions/transitions.dto.js';
import type { OccupationNames } from '../occupations/transitions/transitions.service.js';
import type { RoutesAnswered, UnlockedRoute } from './retraining.service.js';

export class RoutesQuery {
  /** Only vacancies of this region; without it those of all reception regions of today. */
  @ApiPropertyOptional({ example: 'KZ-59' })
  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  region?: string;
}

class CourseAnswer {
  @ApiProperty({ enum: COURSE_KINDS }) kind!: CourseKind;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 6 }) months!: number;
  @ApiProperty({ type: String, nullable: true, description: 'A paper or a driving category that it ends with.' })
  gives!: string | null;
  @ApiProperty({ enum: CONDITIONS, nullable: true, description: 'What the law asks for before the examination.' })
  condition!: Condition | null;
  @ApiProperty() source!: string;
  @ApiProperty({ description: 'Such a course, or its paper, was seen in a public source.' }) verified!: boolean;
  @ApiProperty({ description: 'Its length was.' }) monthsVerified!: boolean;
  @ApiProperty({ description: 'In the language of the request.' }) text!: string;
}

class DistrictPostsAnswer {
  @ApiProperty({ type: String, nullable: true, description: 'Null: only the region is known.' })
  districtKato!: string | null;
  @ApiProperty() vacancies!: number;
  @ApiProperty() openings!: number;
  @ApiProperty({ description: 'Of the openings, at vacancies that ask for more education than one has.' })
  openingsAskingMore!: number;
}

class RegionPostsAnswer {
  @ApiProperty({ example: 'KZ-59' }) regionCode!: string;
  @ApiProperty() vacancies!: number;
  @ApiProperty() openings!: number;
  @ApiProperty({ description: 'Of the openings, at vacancies that ask for more education than one has.' })
  openingsAskingMore!: number;
  @ApiProperty({ type: [DistrictPostsAnswer] }) districts!: DistrictPostsAnswer[];
}

class RouteAnswer {
  @ApiProperty({ example: '5120' }) isco!: string;
  @ApiProperty({ type: OccupationNamesAnswer }) names!: OccupationNamesAnswer;
  @ApiProperty({ minimum: 0.3, maximum: 1 }) similarity!: number;
  @ApiProperty({ type: CourseAnswer }) course!: CourseAnswer;
  @ApiProperty({ type: [MissingAnswer] }) missing!: MissingAnswer[];
  @ApiProperty({ type: Number, nullable: true, description: 'Median tenge a month in the country; null: too few.' })
  formerPayTenge!: number | null;
  @ApiProperty({ type: Number, nullable: true }) payTenge!: number | null;
  @ApiProperty({ type: Number, nullable: true, minimum: 0.75, description: 'payTenge ÷ formerPayTenge' })
  payRatio!: number | null;
  @ApiProperty({ description: 'Matching proposes this work without the course too.' }) matchedAnyway!: boolean;
  @ApiProperty({ description: 'Open to a beginner today.' }) vacancies!: number;
  @ApiProperty({ description: 'Not stated counts as one.' }) openings!: number;
  @ApiProperty({ description: 'Of the openings, at vacancies that ask for more education than one has.' })
  openingsAskingMore!: number;
  @ApiProperty({ type: [RegionPostsAnswer] }) regions!: RegionPostsAnswer[];
}

export class RoutesAnswer {
  @ApiProperty({ example: '9412' }) isco!: string;
  @ApiProperty({ format: 'date' }) date!: string;
  @ApiProperty({ type: [String] }) regionCodes!: string[];
  @ApiProperty({ type: [RouteAnswer], description: 'What unlocks most openings first.' }) routes!: RouteAnswer[];
}

export function routesInWords(
  isco: string,
  { date, regionCodes, routes }: RoutesAnswered,
  names: (isco: string) => OccupationNames,
  language: Language,
): RoutesAnswer {
  return { isco, date, regionCodes, routes: routes.map((one) => routeInWords(one, names, language)) };
}

function routeInWords(
  { route, ...posts }: UnlockedRoute,
  names: (isco: string) => OccupationNames,
  language: Language,
): RouteAnswer {
  const { to, course, similarity, missing } = route;
  return {
    isco: to,
    names: names(to),
    similarity,
    course: { ...course, text: translate(language, `course.${course.kind}`, { gives: course.gives }) },
    missing: missingInWords(missing, language),
    ...posts,
  };
}
