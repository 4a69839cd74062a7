import { SPECIALISATION_KINDS, type SpecialisationKind } from './resolver/specialisations.js';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

export class ResolveQuery {
  @ApiProperty({ example: 'эл.газосварщик 5р' })
  @IsString()
  @Length(0, 500)
  title!: string;

  /** The title in the exchange's other language. */
  @ApiPropertyOptional({ example: 'Электр-газ дәнекерлеушісі' })
  @IsOptional()
  @IsString()
  @Length(0, 500)
  secondTitle?: string;

  /** Area of Enbek. */
  @ApiPropertyOptional({ minimum: 101, maximum: 125 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(101)
  @Max(125)
  area?: number;

  /** Education that the vacancy asks for. */
  @ApiPropertyOptional({ example: 'higher' })
  @IsOptional()
  @Matches(/^[a-z_]{1,30}$/)
  education?: string;
}

class NamesAnswer {
  @ApiProperty() kk!: string;
  @ApiProperty() ru!: string;
  @ApiProperty() en!: string;
}

class GuessAnswer {
  @ApiProperty({ example: '7212', description: 'ISCO-08 unit group.' }) isco!: string;
  @ApiProperty({ minimum: 0, maximum: 1 }) confidence!: number;
  @ApiProperty({ type: NamesAnswer }) names!: NamesAnswer;
}

class SpecialisationAnswer {
  @ApiProperty({ enum: SPECIALISATION_KINDS }) kind!: SpecialisationKind;
  @ApiProperty({ example: 'biology' }) code!: string;
  @ApiProperty({ type: NamesAnswer }) names!: NamesAnswer;
}

export class ResolutionAnswer {
  @ApiProperty() title!: string;
  @ApiProperty({ type: String, nullable: true, example: '7212', description: 'Null: the text names no occupation.' })
  isco!: string | null;
  @ApiProperty({ type: NamesAnswer, nullable: true }) names!: NamesAnswer | null;
  @ApiProperty({ minimum: 0, maximum: 1, description: 'Of titles answered with 0.9, nine in ten are right.' })
  confidence!: number;
  @ApiProperty({ description: 'It may be used without a person having looked at it.' }) sure!: boolean;
  @ApiProperty({ type: [GuessAnswer], description: 'The next best, at most three.' }) alternatives!: GuessAnswer[];
  @ApiProperty({
    type: SpecialisationAnswer,
    nullable: true,
    description: 'The school subject, medical speciality or licence that the title names, of several the first.',
  })
  specialisation!: SpecialisationAnswer | null;
}
