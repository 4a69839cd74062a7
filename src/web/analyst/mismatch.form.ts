import { IsIn, IsOptional } from 'class-validator';
import { MismatchQuery } from '../../matching/matching.dto.js';
import { SECTORS } from '../../reference/sectors.js';
import { MEASURES, type Measure } from './table-1.js';

/** The question of the analyst's pages: the API's, and what is looked at. */
export class MismatchForm extends MismatchQuery {
  @IsOptional()
  @IsIn(MEASURES)
  measure?: Measure;

  /** The three of the seed paper without. */
  @IsOptional()
  @IsIn(['all'])
  sectors?: 'all';
}

export const ORDERS = ['north', 'south', 'difference', 'openings', 'seekers'] as const;
export type Order = (typeof ORDERS)[number];

export class OccupationsForm extends MismatchQuery {
  @IsOptional()
  @IsIn(SECTORS)
  sector?: string;

  @IsOptional()
  @IsIn(ORDERS)
  order?: Order;
}

/** The question as an address; empty without a question. */
export function addressOf(form: object): string {
  const given = Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
