/** A region's place in the tile map: one tile each, placed as the regions lie. `short` fits the tile. */
export interface RegionTile {
  code: string;
  column: number;
  row: number;
  short: { kk: string; ru: string; en: string };
}

/**
 * The twenty regions as a grid of six columns and five rows, north above and west left; each tile touches those of most of the
 * region's neighbours. Our own drawing: no openly licensed map of the borders since June 2022 was found. The cities of
 * republican significance stand beside or under the region that surrounds them. Short names are ours, six letters at most.
 */
export const REGION_TILES: readonly RegionTile[] = [
  { code: 'KZ-39', column: 2, row: 0, short: { kk: 'Қост.', ru: 'Кост.', en: 'Kost.' } },
  { code: 'KZ-59', column: 3, row: 0, short: { kk: 'СҚО', ru: 'СКО', en: 'N. Kaz.' } },
  { code: 'KZ-55', column: 4, row: 0, short: { kk: 'Павл.', ru: 'Павл.', en: 'Pavl.' } },
  { code: 'KZ-27', column: 0, row: 1, short: { kk: 'БҚО', ru: 'ЗКО', en: 'W. Kaz.' } },
  { code: 'KZ-15', column: 1, row: 1, short: { kk: 'Ақтөбе', ru: 'Актюб.', en: 'Aktobe' } },
  { code: 'KZ-11', column: 2, row: 1, short: { kk: 'Ақмола', ru: 'Акм.', en: 'Akmola' } },
  { code: 'KZ-71', column: 3, row: 1, short: { kk: 'Астана', ru: 'Астана', en: 'Astana' } },
  { code: 'KZ-10', column: 4, row: 1, short: { kk: 'Абай', ru: 'Абай', en: 'Abai' } },
  { code: 'KZ-63', column: 5, row: 1, short: { kk: 'ШҚО', ru: 'ВКО', en: 'E. Kaz.' } },
  { code: 'KZ-23', column: 0, row: 2, short: { kk: 'Атырау', ru: 'Атыр.', en: 'Atyrau' } },
  { code: 'KZ-62', column: 2, row: 2, short: { kk: 'Ұлытау', ru: 'Улытау', en: 'Ulytau' } },
  { code: 'KZ-35', column: 3, row: 2, short: { kk: 'Қарағ.', ru: 'Караг.', en: 'Karag.' } },
  { code: 'KZ-33', column: 4, row: 2, short: { kk: 'Жетісу', ru: 'Жетісу', en: 'Jetisu' } },
  { code: 'KZ-47', column: 0, row: 3, short: { kk: 'Маңғ.', ru: 'Манг.', en: 'Mang.' } },
  { code: 'KZ-43', column: 1, row: 3, short: { kk: 'Қызыл.', ru: 'Кызыл.', en: 'Kyzyl.' } },
  { code: 'KZ-61', column: 2, row: 3, short: { kk: 'Түрк.', ru: 'Турк.', en: 'Turk.' } },
  { code: 'KZ-31', column: 3, row: 3, short: { kk: 'Жамб.', ru: 'Жамб.', en: 'Zhamb.' } },
  { code: 'KZ-19', column: 4, row: 3, short: { kk: 'Алм. о.', ru: 'Алм. о.', en: 'Alm. r.' } },
  { code: 'KZ-79', column: 2, row: 4, short: { kk: 'Шымк.', ru: 'Шымк.', en: 'Shymk.' } },
  { code: 'KZ-75', column: 4, row: 4, short: { kk: 'Алматы', ru: 'Алматы', en: 'Almaty' } },
];
