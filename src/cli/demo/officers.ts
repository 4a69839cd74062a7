/** An invented officer who decided in the demo's past. Nobody signs in as one: without a password, with an address that no mail reaches. */
export interface DemoOfficer {
  regionCode: string;
  label: string;
  email: string;
  language: 'kk' | 'ru';
}

/** How many working days a centre takes to decide on a proposal, and as the commission on an application. */
export interface CentrePace {
  proposal: readonly [fewest: number, most: number];
  commission: readonly [fewest: number, most: number];
}

/** Reception regions of the demo's past: how quick their centres are (a choice, so that delays differ), and who works there. */
const CENTRES: Record<string, CentrePace & { names: readonly string[] }> = {
  'KZ-59': { proposal: [1, 3], commission: [5, 11], names: ['А. Сәрсенова', 'Е. Жақсылықов', 'Н. Петрова'] },
  'KZ-55': { proposal: [1, 5], commission: [6, 14], names: ['Д. Оспанов', 'Н. Ким'] },
  'KZ-39': { proposal: [2, 8], commission: [8, 17], names: ['О. Шмидт', 'Б. Тілеулес'] },
  'KZ-63': { proposal: [4, 13], commission: [10, 22], names: ['Г. Мұқанова', 'С. Литвинов'] },
  'KZ-10': { proposal: [2, 6], commission: [7, 15], names: ['М. Әлімжан'] },
  'KZ-35': { proposal: [3, 10], commission: [8, 18], names: ['Т. Бекова', 'И. Вагнер'] },
  'KZ-62': { proposal: [1, 4], commission: [6, 12], names: ['Ж. Нұрпейіс'] },
};

export function paceOf(regionCode: string): CentrePace {
  return CENTRES[regionCode] ?? { proposal: [2, 6], commission: [7, 15] };
}

export const DEMO_OFFICERS: readonly DemoOfficer[] = Object.entries(CENTRES).flatMap(([regionCode, { names }]) =>
  names.map((name, i) => ({
    regionCode,
    label: `Демо: ${name}`,
    email: `officer.${regionCode.toLowerCase()}.${i + 1}@demo.invalid`,
    language: 'kk' as const,
  })),
);
