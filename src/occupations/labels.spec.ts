import { unitGroups } from './unit-groups.js';
import { type Label, LabelFault, parseLabels, readLabels } from './labels.js';
import { readLabelStems } from './resolver/train.js';

const labels = readLabels();
const key = (title: string): string => title.toLowerCase().replaceAll('ё', 'е');

/** Titles under several unit groups, or more than once under one, in a language. */
function repeated(all: readonly Label[]): string[] {
  const codes = new Map<string, string[]>();
  for (const { language, title, isco } of all) {
    const at = `${language} ${key(title)}`;
    codes.set(at, [...(codes.get(at) ?? []), isco]);
  }
  return [...codes].filter(([, found]) => found.length > 1).map(([title, found]) => `${title}: ${found.join(' ')}`);
}

/** Titles of several unit groups that are the same stems: nothing tells the resolver which is meant. */
function alike(all: readonly Label[]): string[] {
  const found = new Map<string, Label[]>();
  for (const { label, stems } of readLabelStems(all).read) {
    const key = stems.join(' ');
    found.set(key, [...(found.get(key) ?? []), label]);
  }
  return [...found.values()]
    .filter((labelled) => new Set(labelled.map(({ isco }) => isco)).size > 1)
    .map((labelled) => [...new Set(labelled.map(({ isco, title }) => `${isco} ${title}`))].sort().join(', '));
}

/** Different words that have one stem, each the name of its work: folding and stemming would have to know them. */
const ONE_STEM = [
  '1211 accounting manager, 3322 account manager',
  '1221 marketing director, 1439 market director',
  '1222 communications manager, 2432 community manager',
  '1324 начальник колонны, 1349 начальник колонии',
  '2652 әнші, 6224 аңшы',
  '3115 heat technician, 7126 heating technician',
  '3334 housing manager, 5152 house manager',
  '7131 decorator painter, 7316 decorative painter',
];

describe('the packs', () => {
  it.each(['kk', 'ru', 'en'] as const)(
    'name each of the 436 unit groups once in %s, each by a name of its own',
    (language) => {
      const preferred = labels.filter((label) => label.language === language && label.preferred);
      expect(preferred.map(({ isco }) => isco).sort()).toEqual(unitGroups().map(({ isco }) => isco));
      expect(new Set(preferred.map(({ title }) => key(title))).size).toBe(436);
    },
  );

  it('hold no title twice in a language, under one unit group or several', () => {
    expect(repeated(labels)).toEqual([]);
    const twice = [...labels.slice(0, 5), { ...labels[0]!, isco: '9999' }];
    expect(repeated(twice)).toEqual([`kk ${key(labels[0]!.title)}: 0110 9999`]);
  });

  it('hold no title of several unit groups in other forms of the same words', () => {
    expect(alike(labels).sort()).toEqual(ONE_STEM);
    const twice = [...labels.slice(0, 50), { ...labels[0]!, isco: '9999', title: `${labels[0]!.title} керек` }];
    expect(alike(twice)).toHaveLength(1);
  });

  it('are written in the letters of their language', () => {
    // Kazakh is written with every Russian letter too.
    const foreign = { kk: /[ўїєґ]/iu, ru: /[әғқңөұүһі]/iu, en: /\p{Script=Cyrillic}/u };
    expect(labels.filter(({ language, title }) => foreign[language].test(title))).toEqual([]);
  });

  it('are rich: titles in use, not only names', () => {
    const count = (language: string): number => labels.filter((label) => label.language === language).length;
    expect(count('kk')).toBeGreaterThan(12_000);
    expect(count('ru')).toBeGreaterThan(17_000);
    expect(count('en')).toBeGreaterThan(6_000);
  });
});

describe('a pack', () => {
  it('is read line by line', () => {
    const text = '## 2330 Teachers\n= Учитель права  @school:law\n# a remark\n\nучитель биологии  @school:biology\n';
    expect(parseLabels(text, 'ru')).toEqual([
      { isco: '2330', language: 'ru', title: 'Учитель права', preferred: true, speciality: 'school:law' },
      { isco: '2330', language: 'ru', title: 'учитель биологии', preferred: false, speciality: 'school:biology' },
    ]);
  });

  it.each([
    ['a title before any group', 'учитель'],
    ['a group without its number', '## Учителя\nучитель'],
    ['a space at the end', '## 2330 Teachers\nучитель '],
    ['a speciality after one space', '## 2330 Teachers\nучитель биологии @school:biology'],
    ['a speciality of no kind', '## 2330 Teachers\nучитель биологии  @subject:biology'],
  ])('with %s is refused with its line', (_, text) => {
    expect(() => parseLabels(text, 'ru', 'ru/23.txt')).toThrow(LabelFault);
    expect(() => parseLabels(text, 'ru', 'ru/23.txt')).toThrow(/^ru\/23\.txt:\d+: /u);
  });
});
