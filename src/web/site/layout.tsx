import type { ComponentChildren, VNode } from 'preact';
import { createHash } from 'node:crypto';
import { LANGUAGES, type Language } from '../../i18n/i18n.js';
import type { Role } from '../../shared/access.js';
import { CRITICAL_CSS, asset } from './assets.js';
import type { PageContext } from './page-context.js';

export interface LayoutProps {
  page: PageContext;
  /** What the browser's tab says before the site's name; also what a screen reader hears first. */
  title: string;
  /** For search engines and link previews; only pages that anybody may read have one. */
  description?: string;
  /** Anybody may read it, and yet it is nothing for a search engine: what it is about is invented. */
  noindex?: boolean;
  /** Wide pages (queues, tables) use the whole screen. */
  wide?: boolean;
  /** Something is wrong with a form on the page: the title says so first. */
  hasErrors?: boolean;
  /** Scripts beside the site's own, by file name. */
  scripts?: readonly string[];
  /** More for the head, such as the JobPosting of a vacancy. */
  head?: ComponentChildren;
  children: ComponentChildren;
}

/** A whole page: head, skip link, header, main, footer. */
export function Layout({
  page,
  title,
  description,
  noindex,
  wide,
  hasErrors,
  scripts = [],
  head,
  children,
}: LayoutProps): VNode {
  const { t } = page;
  const fullTitle = `${hasErrors ? `${t('page.site.error_prefix')} ` : ''}${title} – ${t('page.site.name')}`;
  return (
    <html lang={page.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{fullTitle}</title>
        {/* What is made up, or somebody's own, is nothing for a search engine. */}
        {description === undefined || noindex || page.demo ? <meta name="robots" content="noindex" /> : null}
        {description === undefined ? null : <meta name="description" content={description} />}
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#0b5d66" />
        <link rel="icon" href={asset('icon.svg')} type="image/svg+xml" />
        <link rel="manifest" href={asset('manifest.webmanifest')} />
        {description === undefined
          ? null
          : LANGUAGES.map((language) => (
              <link
                key={language}
                rel="alternate"
                hreflang={language}
                href={`${page.origin}/${language}${page.path}${page.search}`}
              />
            ))}
        <style dangerouslySetInnerHTML={{ __html: CRITICAL_CSS }} />
        {head}
      </head>
      <body data-reader={readerMark(page)}>
        <a class="skip" href="#main">
          {t('page.site.skip')}
        </a>
        <Header page={page} />
        {page.demo ? (
          <aside class="demo-mark" aria-label={t('page.site.demo_mark')}>
            <strong>{t('page.site.demo_mark')}</strong> {t('page.site.demo_note')}
          </aside>
        ) : null}
        <main id="main" class={wide ? 'wide' : undefined} tabIndex={-1}>
          {children}
        </main>
        <Footer page={page} />
        <link rel="stylesheet" href={asset('site.css')} />
        <script type="module" src={asset('site.js')} />
        {scripts.map((name) => (
          <script key={name} type="module" src={asset(name)} />
        ))}
      </body>
    </html>
  );
}

/** Tells readers of one device apart without saying who they are. */
const readerMark = ({ actor }: PageContext): string =>
  actor === undefined ? 'anyone' : createHash('sha256').update(`reader ${actor.id}`).digest('hex').slice(0, 12);

interface NavigationItem {
  code: string;
  path: string;
  /** A page that has no item of its own and is reached from this one. */
  holds?: string;
}

const FOR_ANYONE: readonly NavigationItem[] = [
  { code: 'page.nav.match', path: '/match' },
  { code: 'page.nav.vacancies', path: '/vacancies' },
  { code: 'page.nav.regions', path: '/regions' },
  { code: 'page.nav.questions', path: '/questions' },
];

const CENTRE: readonly NavigationItem[] = [
  { code: 'page.nav.queue', path: '/centre' },
  { code: 'page.nav.applications', path: '/centre/applications' },
  { code: 'page.nav.centre_today', path: '/centre/today' },
  { code: 'page.nav.centre_questions', path: '/centre/questions' },
  { code: 'page.nav.follow_ups', path: '/centre/follow-ups' },
  { code: 'page.nav.centre_employers', path: '/centre/employers' },
  { code: 'page.nav.rejected', path: '/centre/rejected' },
  { code: 'page.nav.titles', path: '/centre/titles' },
  { code: 'page.nav.centre_trail', path: '/centre/trail' },
];

/** What the header offers to each; the first is the desk's own start. */
export const DESK_NAVIGATION: Readonly<Partial<Record<Role, readonly NavigationItem[]>>> = {
  migrant: [
    { code: 'page.nav.my_matches', path: '/my' },
    { code: 'page.nav.my_application', path: '/my/application' },
    { code: 'page.nav.my_household', path: '/my/household' },
    { code: 'page.nav.my_messages', path: '/my/messages' },
    { code: 'page.nav.settling', path: '/my/settling' },
    { code: 'page.nav.vacancies', path: '/vacancies' },
    { code: 'page.nav.regions', path: '/regions' },
  ],
  employer: [
    { code: 'page.nav.employer_vacancies', path: '/employer' },
    { code: 'page.nav.employer_new', path: '/employer/vacancies/new' },
    { code: 'page.nav.employer_import', path: '/employer/import' },
    { code: 'page.nav.employer_people', path: '/employer/people' },
    { code: 'page.nav.employer_colleagues', path: '/employer/colleagues' },
  ],
  officer: CENTRE,
  supervisor: [...CENTRE, { code: 'page.nav.accounts', path: '/admin' }],
  analyst: [
    { code: 'page.nav.mismatch', path: '/analyst' },
    { code: 'page.nav.occupations', path: '/analyst/occupations' },
    { code: 'page.nav.flows', path: '/analyst/flows' },
    { code: 'page.nav.delays', path: '/analyst/delays' },
    { code: 'page.nav.quotas', path: '/analyst/quotas' },
    { code: 'page.nav.outcomes', path: '/analyst/outcomes', holds: '/analyst/payments' },
    { code: 'page.nav.times', path: '/analyst/times' },
    { code: 'page.nav.regions', path: '/regions' },
  ],
  administrator: [
    { code: 'page.nav.accounts', path: '/admin' },
    { code: 'page.nav.tokens', path: '/admin/tokens' },
    { code: 'page.nav.runs', path: '/admin/runs' },
    { code: 'page.nav.quotas', path: '/admin/quotas' },
    { code: 'page.nav.queue', path: '/centre' },
    { code: 'page.nav.applications', path: '/centre/applications' },
    { code: 'page.nav.centre_today', path: '/centre/today' },
    { code: 'page.nav.centre_questions', path: '/centre/questions' },
    { code: 'page.nav.rejected', path: '/centre/rejected' },
    { code: 'page.nav.titles', path: '/centre/titles' },
    { code: 'page.nav.mismatch', path: '/analyst' },
  ],
};

function Header({ page }: { page: PageContext }): VNode {
  const { t, href, actor } = page;
  const items = (actor && DESK_NAVIGATION[actor.role]) ?? FOR_ANYONE;
  return (
    <header class="top">
      <div class="top-row">
        <a class="brand" href={href('/')}>
          {t('page.site.name')}
        </a>
        <nav class="languages" aria-label={t('page.site.languages')}>
          {LANGUAGES.map((language) => (
            <LanguageLink key={language} page={page} language={language} />
          ))}
        </nav>
        {actor ? (
          <a class="account" href={href('/account')}>
            {t('page.nav.account')}
          </a>
        ) : (
          <a class="account" href={href('/sign-in')}>
            {t('page.nav.sign_in')}
          </a>
        )}
      </div>
      <nav class="desk" aria-label={t('page.site.navigation')}>
        <ul>
          {items.map(({ code, path, holds }) => (
            <li key={path}>
              <a
                href={href(path)}
                aria-current={page.path === path ? 'page' : page.path === holds ? 'true' : undefined}
              >
                {t(code)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

const OWN_NAMES: Record<Language, { short: string; long: string }> = {
  kk: { short: 'ҚАЗ', long: 'Қазақша' },
  ru: { short: 'РУС', long: 'Русский' },
  en: { short: 'ENG', long: 'English' },
};

function LanguageLink({ page, language }: { page: PageContext; language: Language }): VNode {
  const { short, long } = OWN_NAMES[language];
  return (
    <a
      href={`/${language}${page.readable.path}${page.readable.search}`}
      lang={language}
      hreflang={language}
      title={long}
      aria-current={language === page.language ? 'true' : undefined}
    >
      {short}
    </a>
  );
}

function Footer({ page: { t, href, demo } }: { page: PageContext }): VNode {
  return (
    <footer class="bottom">
      <p>{t('page.site.about')}</p>
      <ul>
        <li>
          <a href={href('/questions')}>{t('page.nav.questions')}</a>
        </li>
        <li>
          <a href={href('/programme')}>{t('page.rules.title')}</a>
        </li>
        <li>
          <a href={href('/sources')}>{t('page.site.sources')}</a>
        </li>
        <li>
          <a href={href('/privacy')}>{t('page.site.privacy')}</a>
        </li>
        <li>
          <a href="/api/docs">{t('page.site.api')}</a>
        </li>
        {demo ? (
          <li>
            <a href={href('/demo')}>{t('page.site.demo_accounts')}</a>
          </li>
        ) : null}
      </ul>
    </footer>
  );
}
