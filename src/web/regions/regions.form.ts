import { IsIn, IsOptional } from 'class-validator';
import { RegionsQuery } from '../../matching/regions.dto.js';
import { MEASURES } from './measures.js';

/** The question of the regions' pages: the API's, and which measure the map shows. */
export class RegionsForm extends RegionsQuery {
  @IsOptional()
  @IsIn(MEASURES.map(({ code }) => code))
  measure?: string;
}

/** The question as an address that can be sent to others; empty without a question. */
export function regionsAddress({ from, occupation, measure }: RegionsForm): string {
  const given = Object.entries({ from, occupation, measure }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
