import type { VNode } from 'preact';
import type { Typed } from '../site/form.js';
import { Notice } from '../site/blocks.js';
import { Layout } from '../site/layout.js';
import type { PageContext } from '../site/page-context.js';
import { QuickFields } from './quick-match.js';

export interface StartProps {
  page: PageContext;
  regions: readonly { code: string; name: string }[];
  typed: Typed;
  /** Open vacancies in the reception regions, and those that come with housing. */
  counts: { vacancies: number; openings: number; withHousing: number };
  /** Somebody's own data were erased just now, with their account. */
  erased: boolean;
}

/** One screen: what this is, and the first question. */
export function StartPage({ page, regions, typed, counts, erased }: StartProps): VNode {
  const { t, href } = page;
  return (
    <Layout page={page} title={t('page.start.title')} description={t('page.start.description')}>
      {erased ? <Notice kind="good">{t('page.start.erased')}</Notice> : null}
      <h1>{t('page.start.title')}</h1>
      <p class="lead">{t('page.start.lead')}</p>
      <p class="soft">{t('page.start.counts', counts)}</p>
      <section class="card" aria-labelledby="quick">
        <h2 id="quick">{t('page.start.quick_title')}</h2>
        <QuickFields state={{ page, typed, problems: [] }} regions={regions} />
      </section>
      <h2>{t('page.start.how_title')}</h2>
      <ol>
        <li>{t('page.start.how_1')}</li>
        <li>{t('page.start.how_2')}</li>
        <li>{t('page.start.how_3')}</li>
        <li>{t('page.start.how_4')}</li>
      </ol>
      <p>{t('page.start.honest')}</p>
      <ul>
        <li>
          <a href={href('/vacancies')}>{t('page.start.to_vacancies')}</a>
        </li>
        <li>
          <a href={href('/regions')}>{t('page.start.to_regions')}</a>
        </li>
        <li>
          <a href={href('/support')}>{t('page.support.link')}</a>
        </li>
        <li>
          <a href={href('/questions')}>{t('page.questions.to_answers')}</a>
        </li>
        <li>
          <a href={href('/employer')}>{t('page.start.to_employer')}</a>
        </li>
      </ul>
    </Layout>
  );
}
