import { employers } from './en/employers.js';
import { vacancies } from './en/vacancies.js';
import { cli } from './en/cli.js';
import { occupations } from './en/occupations.js';
import { programme } from './en/programme.js';
import { receipts } from './en/receipts.js';
import { reference } from './en/reference.js';
import { connectors } from './en/connectors.js';
import { auth } from './en/auth.js';
import { applications } from './en/applications.js';
import { pagesApplications } from './en/pages-applications.js';
import { centres } from './en/centres.js';
import { households } from './en/households.js';
import { matching } from './en/matching.js';
import { retraining } from './en/retraining.js';
import { specialisations } from './en/specialisations.js';
import { web } from './en/web.js';
import { pagesVacancies } from './en/pages-vacancies.js';
import { pagesRegions } from './en/pages-regions.js';
import { pagesAccount } from './en/pages-account.js';
import { pagesMigrant } from './en/pages-migrant.js';
import { pagesSite } from './en/pages-site.js';
import { pagesCentre } from './en/pages-centre.js';
import { pagesTitles } from './en/pages-titles.js';
import { pagesAnalyst } from './en/pages-analyst.js';
import { pagesAdmin } from './en/pages-admin.js';
import { pagesEmployer } from './en/pages-employer.js';
import { pagesImport } from './en/pages-import.js';
import { pagesStart } from './en/pages-start.js';
import { pagesSupport } from './en/pages-support.js';
import { outcomes } from './en/outcomes.js';
import { notices } from './en/notices.js';
import { pagesQuestions } from './en/pages-questions.js';
import { questions } from './en/questions.js';

/** Each feature's words; a feature adds its import and one line here. */
export const en = {
  ...web,
  ...pagesSite,
  ...pagesMigrant,
  ...pagesAccount,
  ...pagesVacancies,
  ...pagesRegions,
  ...pagesCentre,
  ...pagesTitles,
  ...pagesAnalyst,
  ...pagesAdmin,
  ...pagesEmployer,
  ...pagesImport,
  ...pagesStart,
  ...pagesSupport,
  ...connectors,
  ...vacancies,
  ...employers,
  ...auth,
  ...households,
  ...matching,
  ...retraining,
  ...specialisations,
  ...applications,
  ...pagesApplications,
  ...centres,
  ...notices,
  ...pagesQuestions,
  ...questions,
  ...receipts,
  ...reference,
  ...programme,
  ...occupations,
  ...outcomes,
  ...cli,
};
