import type { PlaceMatch } from '../reference/place-resolver.js';
import type { ProblemParams } from '../shared/problem.js';
import type { VacancyClaim, Warning } from './connector.js';

/** What is asked of the places of the classifier (`PlaceService`). */
export interface PlaceLookup {
  resolve(text: string, regionCode: string | null): PlaceMatch;
  resolveMoved(text: string, regionCode: string): PlaceMatch | null;
  byKato(kato: string): PlaceMatch | null;
  regionOfEnbekId(enbekRegionId: number): string | null;
  regions(): readonly { code: string; nameRu: string; nameKk: string; nameEn: string }[];
}

/** Where a vacancy is, as far as it is known. The region always is. */
export interface VacancyPlace {
  regionCode: string;
  districtKato: string | null;
  /** Of a settlement, or of the district where the source names no settlement; null when neither is sure. */
  kato: string | null;
  settlementType: 'urban' | 'rural' | null;
  placeMatch: PlaceMatch['match'];
}

export type PlaceOutcome =
  | { ok: true; place: VacancyPlace; warnings: Warning[] }
  | {
      ok: false;
      code: 'place.conflict' | 'place.region_unknown';
      field: string;
      params: ProblemParams;
      regionCode: string | null;
    };

type PlaceClaim = Pick<VacancyClaim, 'kato' | 'enbekRegionId' | 'locationText'>;

/**
 * Finds the place of a claim. What the record says of its region (its id, its KATO code, the region its text names) must
 * agree, else `place.conflict`; a record whose region cannot be told is `place.region_unknown`. Inside a known region a
 * settlement that is unknown or ambiguous is kept without a code and with a warning: the region's centre can still act on it.
 * Only where the stated region lost that place in June 2022 is it put into today's region, with the warning `place.moved`: older records keep
 * the old region's id.
 */
export function placeOf(claim: PlaceClaim, places: PlaceLookup): PlaceOutcome {
  const warnings: Warning[] = [];
  const stated = claim.enbekRegionId ?? null;
  const region = stated === null ? null : places.regionOfEnbekId(stated);
  if (stated !== null && region === null) return regionUnknown('region_id', stated);
  const coded = claim.kato ? places.byKato(claim.kato) : null;
  if (claim.kato && coded !== null && region !== null && coded.regionCode !== region)
    return conflict(places, 'kato', region, claim.kato);
  if (claim.kato && coded === null) {
    if (region !== null && !claim.kato.startsWith(region.slice(3))) return conflict(places, 'kato', region, claim.kato);
    warnings.push({ code: 'place.kato_unknown', field: 'kato', params: { value: claim.kato } });
  }
  const expected = region ?? coded?.regionCode ?? null;
  const worded = places.resolve(claim.locationText, expected);
  // The words alone contradict nothing: there is a conflict only with a region that is known otherwise.
  if (worded.conflict && expected !== null) return conflict(places, 'location', expected, claim.locationText);

  // The code of a region says no more than the region does; then the words may say more.
  const read = coded !== null && coded.match !== 'region' ? coded : worded;
  const moved =
    expected !== null && read.match === 'unknown' ? places.resolveMoved(claim.locationText, expected) : null;
  if (moved !== null) warnings.push(movedWarning(places, claim.locationText, moved));
  const found = moved ?? read;
  const regionCode = moved?.regionCode ?? expected ?? found.regionCode;
  if (regionCode === null) return regionUnknown('location', claim.locationText);
  if (found.match === 'unknown' || found.match === 'ambiguous') {
    const code = found.match === 'unknown' ? 'place.settlement_unknown' : 'place.settlement_ambiguous';
    warnings.push({ code, field: 'location', params: { value: short(claim.locationText) } });
  }
  const { districtKato, settlementType, match } = found;
  const kato = match === 'settlement' || match === 'district' ? found.kato : null;
  return { ok: true, place: { regionCode, districtKato, kato, settlementType, placeMatch: match }, warnings };
}

function movedWarning(places: PlaceLookup, text: string, { regionCode }: PlaceMatch): Warning {
  const region = regionCode ?? '';
  const params = { region, ...namesOf(places, region), value: short(text) };
  return { code: 'place.moved', field: 'location', params };
}

/** For the reader; a region's code is for a program. */
function namesOf(places: PlaceLookup, region: string): Record<'regionRu' | 'regionKk' | 'regionEn', string> {
  const named = places.regions().find(({ code }) => code === region);
  return {
    regionRu: named?.nameRu ?? region,
    regionKk: named?.nameKk ?? region,
    regionEn: named?.nameEn ?? region,
  };
}

function conflict(places: PlaceLookup, field: string, region: string, found: string): PlaceOutcome {
  return {
    ok: false,
    code: 'place.conflict',
    field,
    params: { region, ...namesOf(places, region), found: short(found) },
    regionCode: region,
  };
}

function regionUnknown(field: string, value: string | number): PlaceOutcome {
  const params = { value: typeof value === 'string' ? short(value) : value };
  return { ok: false, code: 'place.region_unknown', field, params, regionCode: null };
}

function short(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
