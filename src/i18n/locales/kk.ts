import { employers } from './kk/employers.js';
import { vacancies } from './kk/vacancies.js';
import { cli } from './kk/cli.js';
import { occupations } from './kk/occupations.js';
import { programme } from './kk/programme.js';
import { receipts } from './kk/receipts.js';
import { reference } from './kk/reference.js';
import { connectors } from './kk/connectors.js';
import { auth } from './kk/auth.js';
import { applications } from './kk/applications.js';
import { pagesApplications } from './kk/pages-applications.js';
import { centres } from './kk/centres.js';
import { households } from './kk/households.js';
import { matching } from './kk/matching.js';
import { retraining } from './kk/retraining.js';
import { specialisations } from './kk/specialisations.js';
import { web } from './kk/web.js';
import { pagesVacancies } from './kk/pages-vacancies.js';
import { pagesRegions } from './kk/pages-regions.js';
import { pagesAccount } from './kk/pages-account.js';
import { pagesMigrant } from './kk/pages-migrant.js';
import { pagesSite } from './kk/pages-site.js';
import { pagesCentre } from './kk/pages-centre.js';
import { pagesTitles } from './kk/pages-titles.js';
import { pagesAnalyst } from './kk/pages-analyst.js';
import { pagesAdmin } from './kk/pages-admin.js';
import { pagesEmployer } from './kk/pages-employer.js';
import { pagesImport } from './kk/pages-import.js';
import { pagesStart } from './kk/pages-start.js';
import { pagesSupport } from './kk/pages-support.js';
import { outcomes } from './kk/outcomes.js';
import { notices } from './kk/notices.js';
import { pagesQuestions } from './kk/pages-questions.js';
import { questions } from './kk/questions.js';

/** Each feature's words; a feature adds its import and one line here. */
export const kk = {
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
