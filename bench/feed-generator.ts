import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { readLabels } from '../src/occupations/labels.js';
import { seededChance } from '../src/shared/chance.js';
import { fromRoot } from '../src/config/paths.js';

interface KatoRow {
  kato: string;
  level: string;
  name_ru: string;
}

/** Advertisements on Enbek on 2026-09-03, as its own listing counted them. */
export const ENBEK_ADS = 43_187;

const EMPLOYMENT = ['00000$55ПО', '00000$55ВО', '00000$55ПС'];
const SCHEDULE = ['00000$591', '00000$592', '00000$596'];
const EDUCATION = ['00000$24В', '00000$24СП', '00000$24СО', null];
const DUTIES = [
  'Выполнять работу по должностной инструкции, вести учёт и отвечать за сохранность имущества.',
  'Соблюдать правила охраны труда и внутреннего распорядка, содержать рабочее место в порядке.',
  'Участвовать в планировании, готовить отчёты в срок и сообщать о неисправностях руководителю.',
  'Жұмыс кестесін сақтау, қауіпсіздік ережелерін орындау, құжаттарды уақытында тапсыру.',
  'Обучать новых работников и делиться опытом; принимать смену и передавать её по журналу.',
];

/**
 * An enbek-feed (NDJSON, complete) of so many invented ads, line by line: real settlements and titles from `data/`, some
 * 9,000 firms, duties of the usual length. The same number gives the same bytes.
 */
export function* generateFeed(count: number, generatedAt = '2026-09-03T06:00:00+05:00'): Generator<string> {
  const chance = seededChance(20_260_903);
  const places = parse<KatoRow>(readFileSync(fromRoot('data', 'kato.csv')), { columns: true });
  const regions = new Map(
    places.filter(({ level }) => level === 'oblast').map((row) => [row.kato.slice(0, 2), row.name_ru]),
  );
  const settlements = places.filter(({ level }) => level === 'settlement');
  const titles = readLabels().filter(({ language }) => language === 'ru');
  yield `${JSON.stringify({ feed: 'enbek-feed', version: 1, generated_at: generatedAt, complete: true, count })}\n`;
  for (let index = 0; index < count; index++) {
    const place = chance.pick(settlements);
    const region = place.kato.slice(0, 2);
    const pay = chance.happens(0.1) ? null : chance.whole(85, 600) * 1_000;
    const firm = chance.whole(1, 9_000);
    const { title } = chance.pick(titles);
    const id = String(5_000_000 + index);
    yield `${JSON.stringify({
      id,
      uid: `PR${index.toString(16).padStart(14, '0')}`,
      url: `https://www.enbek.kz/ru/vacancy/x~${id}`,
      title,
      subtitle: chance.happens(0.5) ? `${title} (${chance.whole(1, 6)} разряд)` : null,
      profobl: chance.whole(101, 125),
      region_id: Number(region),
      kato: chance.happens(0.7) ? place.kato : null,
      location: `${regions.get(region) ?? ''}, ${place.name_ru}`,
      address: `ул. Абая, ${chance.whole(1, 200)}`,
      salary_from: pay,
      salary_to: pay === null || chance.happens(0.3) ? null : pay + chance.whole(0, 80) * 1_000,
      employment: chance.pick(EMPLOYMENT),
      schedule: chance.pick(SCHEDULE),
      education: chance.pick(EDUCATION),
      experience: `e${chance.whole(0, 4)}`,
      openings: chance.happens(0.1) ? null : chance.whole(1, 6),
      duties: Array.from({ length: chance.whole(2, 6) }, () => chance.pick(DUTIES)).join('\n'),
      skills: ['Работа в команде', 'Ведение документации'].slice(0, chance.whole(0, 2)),
      languages: chance.happens(0.5) ? ['00000$46РУС'] : [],
      driving: [],
      tags: chance.happens(0.2) ? ['housing'] : [],
      source: 1,
      employer: {
        id: 100_000 + firm,
        name: `ТОО "Работодатель ${firm}"`,
        bin: null,
        activity: 'Производство',
        headcount: firm % 500,
      },
      relocation: chance.happens(0.2) ? { offered: true, permanent_years: 2, housing: 'provided' } : null,
      published: '2026-09-03',
      valid_until: '2026-12-03',
      archived: false,
    })}\n`;
  }
}
