import { PickType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { VacancyFilters } from '../../vacancies/vacancies.dto.js';
import type { VacancyWish } from '../../vacancies/vacancies.service.js';

/** How many vacancies a page shows: about three screens of a phone. */
const SHOWN = 20;

/** The filters of the page; named as the API names them, so that one address can be read from the other. */
export class VacancySearchForm extends PickType(VacancyFilters, [
  'q',
  'where',
  'region',
  'district',
  'area',
  'housing',
  'employment',
  'schedule',
  'education',
  'sort',
  'cursor',
] as const) {
  /** As people type it: `250 000`. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => {
    const digits = typeof value === 'string' ? value.replace(/\s/g, '') : '';
    return /^\d{1,12}$/.test(digits) ? Number(digits) : value;
  })
  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  payMin?: number;
}

/** What the page asks for: the same as the API with these parameters, only where the move is supported unless it says otherwise. */
export function vacancyWish({ where = 'supported', ...filters }: VacancySearchForm): VacancyWish {
  return { ...filters, where, status: 'open', limit: SHOWN };
}

const FILTERS = [
  'q', 'where', 'region', 'district', 'area', 'payMin', 'housing', 'employment', 'schedule', 'education', 'sort',
] as const; // prettier-ignore

/** The question as an address: only what was asked, each in its place, so that one search has one address. */
export function searchAddress(form: VacancySearchForm, without?: { filter: string; value?: string }): URLSearchParams {
  const address = new URLSearchParams();
  for (const name of FILTERS) {
    const given = form[name];
    if (given === undefined) continue;
    for (const value of Array.isArray(given) ? given : [String(given)]) {
      if (without?.filter === name && (without.value === undefined || without.value === value)) continue;
      // A district stands in its region, and goes with it.
      if (without?.filter === 'region' && name === 'district') continue;
      address.append(name, value);
    }
  }
  return address;
}
