import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { fromRoot } from '../config/paths.js';
import { readKato } from '../reference/kato.js';
import { type PlaceAliasRow, type RegionRow, buildPlaceIndex } from '../reference/place-index.js';
import { matchOf, resolveMoved, resolvePlace } from '../reference/place-resolver.js';
import { type PlaceLookup, type PlaceOutcome, placeOf } from './vacancy-place.js';

const read = (name: string): string => readFileSync(fromRoot('data', name), 'utf8');
const places = readKato(read('kato.csv'));
const regions = JSON.parse(read('regions.json')) as RegionRow[];
const index = buildPlaceIndex(places, regions, parse<PlaceAliasRow>(read('place-aliases.csv'), { columns: true }));
const lookup: PlaceLookup = {
  resolve: (text, regionCode) => resolvePlace(index, text, regionCode),
  resolveMoved: (text, regionCode) => resolveMoved(index, text, regionCode),
  byKato: (kato) => matchOf(index, kato),
  regionOfEnbekId: (id) => regions.find(({ code }) => code === `KZ-${id}`)?.code ?? null,
  regions: () => regions,
};
const place = (enbekRegionId: number, locationText: string, kato: string | null = null): PlaceOutcome =>
  placeOf({ enbekRegionId, locationText, kato }, lookup);

describe('a record with a region’s id of before June 2022', () => {
  it.each([
    [63, 'Восточно-Казахстанская область, г. Семей', 'KZ-10', '101010000'],
    [63, 'ВКО / г.Семипалатинск', 'KZ-10', '101010000'],
    [63, 'г. Семей', 'KZ-10', '101010000'],
    [63, 'ВКО, Семей', 'KZ-10', '101010000'],
    [63, 'Шығыс Қазақстан облысы, Семей қаласы', 'KZ-10', '101010000'],
    [63, 'Восточно-Казахстанская область, Аягозский район, г. Аягоз', 'KZ-10', null],
    [63, 'ВКО, Бескарагайский район', 'KZ-10', null],
    [35, 'Карагандинская область, г. Жезказган', 'KZ-62', '621010000'],
    [35, 'Карагандинская область, г.Сатпаев', 'KZ-62', null],
    [35, 'Карагандинская область, Улытауский район', 'KZ-62', null],
    [19, 'Алматинская область, г. Талдыкорган', 'KZ-33', '331010000'],
    [19, 'Алматинская область / г. Текели', 'KZ-33', null],
    [19, 'Алматинская область, Аксуский район', 'KZ-33', null],
  ])('%i «%s» is put into %s, and says so', (id, text, regionCode, kato) => {
    const found = place(id, text);
    expect(found).toMatchObject({
      ok: true,
      place: { regionCode, ...(kato === null ? {} : { kato }) },
      warnings: [{ code: 'place.moved', field: 'location', params: { region: regionCode, value: text } }],
    });
    if (found.ok) expect(found.place.kato).not.toBeNull();
  });

  it('is put there with a code of then, too', () => {
    expect(place(63, 'ВКО, г. Семей', '632810000')).toMatchObject({
      place: { regionCode: 'KZ-10', kato: '101010000' },
      warnings: [{ code: 'place.kato_unknown' }, { code: 'place.moved' }],
    });
  });

  it.each([
    [63, 'ВКО, Абая', 'KZ-63'], // a street, as likely as a village
    [63, 'ВКО, с. Небывалое', 'KZ-63'],
    [19, 'Алматинская область, г. Алматы', 'KZ-19'], // never was of the region
    [63, 'ВКО, г. Жезказган', 'KZ-63'], // of another heir
    [35, 'Карагандинская область, г. Семей', 'KZ-35'],
    [10, 'Область Абай, г. Усть-Каменогорск', 'KZ-10'], // nothing moves back
  ])('%i «%s» stays in %s', (id, text, regionCode) => {
    const found = place(id, text);
    expect(found).toMatchObject({ ok: true, place: { regionCode, kato: null } });
    if (found.ok) expect(found.warnings.map(({ code }) => code)).toEqual(['place.settlement_unknown']);
  });

  it('is refused where its words name the new region: one of the two is wrong', () => {
    expect(place(63, 'Область Абай, г. Семей')).toMatchObject({ ok: false, code: 'place.conflict' });
  });
});

const HEIRS: Record<string, string | undefined> = { 'KZ-63': 'KZ-10', 'KZ-19': 'KZ-33', 'KZ-35': 'KZ-62' };

it('no place leaves the region of its record but for the heir of 2022, and then only what that region does not have', () => {
  const below = places.filter(({ level }) => level !== 'region');
  const byKato = new Map(places.map((each) => [each.kato, each]));
  const anyPlace = fc.integer({ min: 0, max: below.length - 1 }).map((at) => below[at]!);
  const anyRegion = fc.oneof(
    fc.constantFrom('KZ-63', 'KZ-19', 'KZ-35'),
    fc.constantFrom(...regions.map((r) => r.code)),
  );
  fc.assert(
    fc.property(anyPlace, anyRegion, fc.boolean(), (each, asked, namesRegion) => {
      const district = each.districtKato === null ? [] : [byKato.get(each.districtKato)!.nameRu];
      const region = namesRegion ? [regions.find(({ code }) => code === asked)!.nameRu] : [];
      const text = [...new Set([...region, ...district, each.nameRu])].join(', ');
      const found = place(Number(asked.slice(3)), text);
      if (!found.ok) return;
      const { regionCode, kato } = found.place;
      if (kato !== null) expect(byKato.get(kato)?.regionCode).toBe(regionCode);
      const moved = found.warnings.some(({ code }) => code === 'place.moved');
      expect(regionCode).toBe(moved ? HEIRS[asked] : asked);
      if (moved) expect(resolvePlace(index, text, asked).match).toBe('unknown');
    }),
    { numRuns: 2000 },
  );
});
