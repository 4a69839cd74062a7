import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';

export class RegionsQuery {
  /** The reader's own region: adds the routes out of it and the published counts of people who took them. */
  @ApiPropertyOptional({ example: 'KZ-61' })
  @IsOptional()
  @Matches(/^KZ-\d{2}$/)
  from?: string;

  /** ISCO-08 unit group, or a title of it in Kazakh, Russian or English. */
  @ApiPropertyOptional({ example: '2341' })
  @IsOptional()
  @IsString()
  @Length(2, 200)
  occupation?: string;
}

class RegionMarketAnswer {
  @ApiProperty() vacancies!: number;
  @ApiProperty({ description: 'Not stated counts as one.' }) openings!: number;
  @ApiProperty({ description: 'openings ÷ (people of the region who seek such work + 1)' }) tension!: number;
  @ApiProperty({ description: 'Vacancies with a home, by the employers’ claims.' }) housingProvided!: number;
  @ApiProperty({ description: 'Vacancies with help in finding a home.' }) housingHelp!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'housingProvided ÷ vacancies' }) housingShare!:
    number | null;
  @ApiProperty({ description: 'Vacancies that state a pay.' }) paid!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Of the lower bounds, tenge a month.' }) medianPayTenge!:
    number | null;
}

class RegionStatisticAnswer {
  @ApiProperty() code!: string;
  @ApiProperty({ example: '2023' }) period!: string;
  @ApiProperty() value!: number;
  @ApiProperty({ example: 'tenge_per_month' }) unit!: string;
  @ApiProperty() source!: string;
  @ApiProperty() verified!: boolean;
}

class RegionQuotaAnswer {
  @ApiProperty() year!: number;
  @ApiProperty() persons!: number;
  @ApiProperty({ format: 'date' }) validFrom!: string;
  @ApiProperty() source!: string;
  @ApiProperty() verified!: boolean;
}

class ArrivalsAnswer {
  @ApiProperty({ type: String, nullable: true, description: 'Null: from everywhere.' }) from!: string | null;
  @ApiProperty({ description: '`enbek` (the programme of 2017–2021), a year, or a year and the month counted up to.' })
  period!: string;
  @ApiProperty({ type: Number, nullable: true }) persons!: number | null;
  @ApiPropertyOptional() families?: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Of these persons; null: not published.' }) returned!:
    number | null;
  @ApiProperty() source!: string;
  @ApiProperty() verified!: boolean;
}

class RegionFactsAnswer {
  @ApiProperty({ example: 'KZ-59' }) code!: string;
  @ApiProperty({ type: String, nullable: true, enum: ['reception', 'departure'] }) role!: string | null;
  @ApiProperty({ description: 'false: no written source says so' }) roleVerified!: boolean;
  @ApiProperty({ type: RegionMarketAnswer }) market!: RegionMarketAnswer;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/RegionStatisticAnswer' },
    description: 'By code; what no source gives is missing.',
  })
  statistics!: Record<string, RegionStatisticAnswer>;
  @ApiProperty({ type: RegionQuotaAnswer, nullable: true }) quota!: RegionQuotaAnswer | null;
  @ApiProperty({ type: [ArrivalsAnswer] }) arrivals!: ArrivalsAnswer[];
}

class CorridorAnswer {
  @ApiProperty({ example: 'KZ-61' }) from!: string;
  @ApiProperty({ type: [String] }) to!: readonly string[];
  @ApiProperty() verified!: boolean;
}

export class RegionsAnswer {
  @ApiProperty({ format: 'date' }) date!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Occupation that the market is of; null: of all.' }) isco!:
    string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'What the title was read as first, where no post of it is open in any region and `isco`, which it may mean too, has some.',
  })
  insteadOf!: string | null;
  @ApiProperty({ type: String, nullable: true }) from!: string | null;
  @ApiProperty({ type: [RegionFactsAnswer] }) regions!: RegionFactsAnswer[];
  @ApiProperty({ type: [CorridorAnswer], description: 'Documented routes out of `from`.' })
  corridors!: CorridorAnswer[];
}

/** Schemas that only a map of the answer names. */
export const REGION_SCHEMAS = [RegionStatisticAnswer];
