import { NOT_ASKED, missingBetween } from './missing.js';
import { VIABLE } from './near-occupations.js';
import { HIGHEST_STEP, LONGEST_COURSE_MONTHS, type Route, drivingAfter, readCourses, routeFailures } from './routes.js';
import { skillLevelOf } from './skill-level.js';
import { readTransitionTables } from './transition-tables.js';

const { near, rules, routes } = readTransitionTables();
const everyRoute: Route[] = [...new Set(routes.all.map(({ from }) => from))].flatMap((from) =>
  routes.from(from, NOT_ASKED),
);
const name = ({ from, to }: { from: string; to: string }): string => `${from} → ${to}`;
const routeOf = (from: string, to: string): Route => {
  const found = routes.from(from, NOT_ASKED).find((one) => one.to === to);
  if (found === undefined) throw new Error(`No route ${from} → ${to}.`);
  return found;
};

describe('every route of the table', () => {
  it('is one of many, each once, between unit groups that exist', () => {
    expect(everyRoute.length).toBe(routes.all.length);
    expect(everyRoute.length).toBeGreaterThan(120);
    expect(new Set(everyRoute.map(name)).size).toBe(everyRoute.length);
    for (const { from, to } of everyRoute) expect(near.iscos).toEqual(expect.arrayContaining([from, to]));
  });

  it('breaks no rule for somebody of its occupation who states no papers', () => {
    expect(
      everyRoute.flatMap((route) => routeFailures(route, NOT_ASKED, null, rules).map((f) => `${name(route)}: ${f}`)),
    ).toEqual([]);
  });

  it('rises one skill level at most, resembles its beginning, is short and leads elsewhere', () => {
    for (const { from, to, similarity, course } of everyRoute) {
      expect(skillLevelOf(to) - skillLevelOf(from)).toBeLessThanOrEqual(HIGHEST_STEP);
      expect(similarity).toBeGreaterThanOrEqual(VIABLE);
      expect(similarity).toBe(near.similarityOf(from, to));
      expect(Number.isInteger(course.months) && course.months >= 1 && course.months <= LONGEST_COURSE_MONTHS).toBe(
        true,
      );
      expect(from).not.toBe(to);
    }
  });

  it('leads into medicine and teaching nobody who states to hold no diploma', () => {
    const without = { diplomas: [], driving: null };
    const regulated = everyRoute.filter(({ to }) => rules.diplomaOf(to) !== null);
    expect(regulated.length).toBeGreaterThan(5);
    for (const { from, to } of regulated) {
      const route = routes.from(from, without).find((one) => one.to === to)!;
      expect(routeFailures(route, without, null, rules)).toContain('route.diploma');
      const other = { diplomas: rules.diplomaOf(to) === 'medicine' ? ['teaching'] : ['medicine'], driving: null };
      const wrong = routes.from(from, other).find((one) => one.to === to)!;
      expect(routeFailures(wrong, other, null, rules)).toContain('route.diploma');
    }
  });

  it('is closed by a pay below three quarters, and by nothing where pay is not known', () => {
    for (const route of everyRoute) {
      expect(routeFailures(route, NOT_ASKED, 0.7499, rules)).toEqual(['route.pay']);
      expect(routeFailures(route, NOT_ASKED, 0.75, rules)).toEqual([]);
    }
  });

  it('names its source, and none calls its length verified without one', () => {
    for (const { course } of everyRoute) {
      expect(course.source).not.toBe('');
      if (course.source.includes('own judgement')) expect(course.monthsVerified).toBe(false);
      if (course.source === 'own judgement') expect(course.verified).toBe(false);
    }
  });
});

describe('a route that is none', () => {
  const good = routeOf('9412', '5120');
  const course = good.course;
  const of = (over: Partial<Route>): string[] => routeFailures({ ...good, ...over }, NOT_ASKED, null, rules);
  const between = (from: string, to: string): Partial<Route> => ({
    from,
    to,
    missing: missingBetween(from, to, NOT_ASKED, rules),
  });

  it.each([
    ['leads to itself', between('5120', '5120'), 'route.to_itself'],
    ['resembles nothing', { similarity: 0.299 }, 'route.dissimilar'],
    ['rises two levels', between('9412', '3434'), 'route.skill_level'],
    ['needs a degree', between('3313', '2411'), 'route.degree'],
    ['makes a nurse of a care worker', between('5321', '3221'), 'route.diploma'],
    ['makes a kindergarten teacher of an aide', between('5312', '2342'), 'route.diploma'],
    ['gives no crane permit', between('7215', '8343'), 'route.paper_not_given'],
    ['gives no driving licence', between('5414', '8322'), 'route.paper_not_given'],
    ['lasts a year', { course: { ...course, months: 12 } }, 'route.too_long'],
    ['lasts no time', { course: { ...course, months: 0 } }, 'route.too_long'],
    ['has no length', { course: { ...course, months: Number.NaN } }, 'route.too_long'],
  ])('%s', (_, over, failure) => {
    expect(of(over)).toContain(failure);
  });

  it('asks for a category that one must have had before', () => {
    const bus = (driving: string[]): string[] => {
      const held = { diplomas: null, driving };
      const route = routes.from('8332', held).find(({ to }) => to === '8331')!;
      return routeFailures(route, held, null, rules);
    };
    expect(bus(['B'])).toContain('route.condition');
    expect(bus(['B', 'C'])).toEqual([]);
    expect(bus(['B', 'C', 'D1'])).toContain('route.nothing_to_learn');
  });
});

describe('routes of twenty named occupations', () => {
  it.each([
    [
      '3221',
      '3251',
      'a nurse holds the medical diploma; assisting a dentist is a specialisation',
      ['missing.speciality_medicine'],
    ],
    [
      '2240',
      '3258',
      'a feldsher gives first aid every day; the ambulance works under the same diploma',
      ['missing.speciality_medicine'],
    ],
    ['3212', '3141', 'a medical laboratory technician uses the same microscopes for animals and plants', []],
    [
      '2341',
      '2342',
      'a primary teacher holds the teaching diploma; kindergarten is the year before',
      ['missing.speciality_teaching'],
    ],
    [
      '2330',
      '2341',
      'a subject teacher holds the teaching diploma; the method of the first classes is new',
      ['missing.speciality_teaching'],
    ],
    ['5311', '5312', 'a nanny of a kindergarten already helps the teacher of the group', []],
    ['7411', '7413', 'an electrician of buildings knows circuits and safety; lines are the same current outside', []],
    ['7213', '7212', 'a sheet-metal worker prepares the edges that a welder joins', []],
    ['7212', '7214', 'a welder joins what an erector of metal structures sets up', []],
    ['8341', '8342', 'a tractor driver drives a self-propelled machine under the same licence', []],
    ['4311', '3313', 'a bookkeeping clerk enters what an accountant closes', ['missing.education_vocational']],
    ['2411', '3313', 'an accountant of a degree does the books of a small firm', []],
    ['9412', '5120', 'a kitchen help peels and portions what the cook cooks', []],
    ['5120', '7512', 'a cook handles dough and ovens', []],
    ['5223', '5230', 'a shop assistant serves the same customers at the till', []],
    ['7531', '8153', 'a dressmaker sews already; the industrial machine is faster', []],
    ['8153', '7533', 'a sewing operator knows seams and cloth', []],
    ['6121', '6122', 'who feeds and treats cattle learns poultry', []],
    ['7112', '7122', 'a bricklayer works with mortar and level, as a tiler does', []],
    ['9313', '7112', 'a labourer has carried the bricks and mixed the mortar', []],
    ['8332', '8331', 'a lorry driver drives heavy vehicles; passengers need D1', ['missing.driving']],
    ['5414', '5419', 'a guard watches and reports', []],
    ['9112', '5152', 'a cleaner knows the rooms; linen and orders are new', []],
    ['4120', '4416', 'a secretary keeps orders and files; labour law is new', []],
    ['3512', '3513', 'who mends users’ computers meets the network every day', []],
  ])('%s → %s: %s', (from, to, _, missing) => {
    const route = routeOf(from, to);
    expect(routeFailures(route, NOT_ASKED, 1, rules)).toEqual([]);
    expect(route.missing.map(({ code }) => code)).toEqual(missing);
  });
});

describe('driving categories after a course', () => {
  const after = (from: string, to: string, driving: string[] | null = null): string[] => {
    const held = { diplomas: null, driving };
    return drivingAfter(
      routes.from(from, held).find((one) => one.to === to)!,
      held,
      rules,
    );
  };

  it('are those held before, and the one that it gives', () => {
    expect(after('8322', '8332')).toEqual(['B', 'C1']);
    expect(after('5414', '8322', ['A'])).toEqual(['A', 'B']);
    expect(after('9412', '5120', ['B'])).toEqual(['B']);
  });

  it('hold the licence for tractors as vacancies write it, given or had before', () => {
    expect(after('9312', '8342')).toEqual(['T']);
    expect(after('8341', '8343', ['B'])).toEqual(['B', 'T']);
    expect(after('8332', '8343')).not.toContain('T');
  });
});

describe('what is missing', () => {
  const codes = (from: string, to: string, held = NOT_ASKED): string[] =>
    missingBetween(from, to, held, rules).map(({ code }) => code);

  it('is nothing between an occupation and itself', () => {
    for (const isco of near.iscos) expect(missingBetween(isco, isco, NOT_ASKED, rules)).toEqual([]);
  });

  it('is education only on the way up, and only where the level asks for more than school', () => {
    expect(codes('3313', '2411')).toEqual(['missing.education_higher']);
    expect(codes('2411', '3313')).toEqual([]);
    expect(codes('9412', '5120')).toEqual([]);
  });

  it('is the diploma of a regulated profession, or its check for who holds one of the field', () => {
    expect(codes('5321', '3221')).toEqual(['missing.education_vocational', 'missing.diploma_medicine']);
    expect(codes('3222', '3221')).toEqual(['missing.speciality_medicine']);
    expect(codes('3221', '3222', { diplomas: [], driving: null })).toEqual(['missing.diploma_medicine']);
    expect(codes('5321', '3222', { diplomas: ['medicine'], driving: null })).toContain('missing.speciality_medicine');
  });

  it('is one of the driving categories, unless one of them is held', () => {
    expect(missingBetween('8322', '8332', NOT_ASKED, rules)).toEqual([
      { code: 'missing.driving', categories: ['C', 'C1'] },
    ]);
    expect(codes('8322', '8332', { diplomas: null, driving: ['C'] })).toEqual([]);
    expect(codes('8332', '8322')).toEqual([]);
    expect(codes('8332', '8322', { diplomas: null, driving: [] })).toEqual(['missing.driving']);
  });

  it('is a paper that the former work did not ask for', () => {
    expect(codes('8341', '8342')).toEqual([]);
    expect(codes('9312', '8342')).toEqual(['missing.tractor_licence']);
    expect(codes('8342', '8343')).toEqual(['missing.crane_permit']);
  });
});

describe('a table of courses', () => {
  const head = 'from,to,kind,months,gives,condition,source,verified,months_verified,why\n';

  it('with an unknown kind or condition is refused', () => {
    expect(() => readCourses(`${head}9412,5120,magic,3,,,x,no,no,x\n`)).toThrow('magic');
    expect(() => readCourses(`${head}9412,5120,vocational,3,,moon,x,no,no,x\n`)).toThrow('moon');
  });

  it('stands for every pair of what it names', () => {
    const pairs = readCourses(`${head}9411 9412,5120 7512,vocational,3,,,x,yes,no,x\n`);
    expect(pairs.map(name)).toEqual(['9411 → 5120', '9411 → 7512', '9412 → 5120', '9412 → 7512']);
  });
});
