import type { VNode } from 'preact';
import type { UnlockedRouteOf } from '../../matching/retraining.service.js';
import { Facts } from './blocks.js';
import type { PageContext } from './page-context.js';

/** How many routes a page shows. */
export const MOST_COURSES = 3;

interface ShortCoursesProps {
  page: PageContext;
  routes: readonly UnlockedRouteOf[];
  /** With two, each route says for whose occupation it is. */
  adults: number;
  names: { region(code: string): string; occupation(isco: string): string };
}

/** What a short course would open: its length, what is missing, and the posts of today. Nothing where it opens none. */
export function ShortCourses({ page, routes, adults, names }: ShortCoursesProps): VNode | null {
  const { t } = page;
  if (routes.length === 0) return null;
  return (
    <section aria-labelledby="short-courses">
      <h2 id="short-courses">{t('page.courses.title')}</h2>
      <p class="hint">{t('page.courses.lead')}</p>
      <ul class="plain">
        {routes.map((one) => (
          <li key={`${one.adult} ${one.route.to}`} class="card">
            <h3>{names.occupation(one.route.to)}</h3>
            {adults > 1 ? <p>{t('page.courses.for', { occupation: names.occupation(one.route.from) })}</p> : null}
            <CourseFacts page={page} one={one} names={names} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CourseFacts({
  page,
  one,
  names,
}: Pick<ShortCoursesProps, 'page' | 'names'> & { one: UnlockedRouteOf }): VNode {
  const { t, tenge } = page;
  const { route, regions, openings, openingsAskingMore, payTenge, formerPayTenge } = one;
  const asking = t('page.courses.asking_more', { asking: openingsAskingMore, openings });
  const { kind, months, gives, condition, monthsVerified } = route.course;
  const course = t(`course.${kind}`, { gives });
  const length = t('page.courses.length', { course, months });
  const missing = route.missing.map(({ code, categories }) => t(code, { categories: categories.join(' / ') }));
  return (
    <Facts
      items={[
        {
          name: t('page.courses.course'),
          value: monthsVerified ? length : `${length} (${t('page.courses.length_unverified')})`,
        },
        {
          name: t('page.courses.missing'),
          value: (
            <>
              {missing.length === 0 ? t('page.courses.no_paper') : missing.join('; ')}
              {condition === null ? null : <> {t(`condition.${condition}`)}</>}
            </>
          ),
        },
        {
          name: t('page.courses.posts'),
          value: (
            <>
              {regions
                .map((there) =>
                  t('page.courses.posts_in', { region: names.region(there.regionCode), openings: there.openings }),
                )
                .join('; ')}
              {openingsAskingMore === 0 ? null : <> ({asking})</>}
            </>
          ),
        },
        {
          name: t('page.courses.pay'),
          value:
            payTenge === null || formerPayTenge === null
              ? t('page.courses.pay_unknown')
              : t('page.courses.pay_against', { pay: tenge(payTenge), former: tenge(formerPayTenge) }),
        },
      ]}
    />
  );
}
