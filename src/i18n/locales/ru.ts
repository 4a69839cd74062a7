import { employers } from './ru/employers.js';
import { vacancies } from './ru/vacancies.js';
import { cli } from './ru/cli.js';
import { occupations } from './ru/occupations.js';
import { programme } from './ru/programme.js';
import { receipts } from './ru/receipts.js';
import { reference } from './ru/reference.js';
import { connectors } from './ru/connectors.js';
import { auth } from './ru/auth.js';
import { applications } from './ru/applications.js';
import { pagesApplications } from './ru/pages-applications.js';
import { centres } from './ru/centres.js';
import { households } from './ru/households.js';
import { matching } from './ru/matching.js';
import { retraining } from './ru/retraining.js';
import { specialisations } from './ru/specialisations.js';
import { web } from './ru/web.js';
import { pagesVacancies } from './ru/pages-vacancies.js';
import { pagesRegions } from './ru/pages-regions.js';
import { pagesAccount } from './ru/pages-account.js';
import { pagesMigrant } from './ru/pages-migrant.js';
import { pagesSite } from './ru/pages-site.js';
import { pagesCentre } from './ru/pages-centre.js';
import { pagesTitles } from './ru/pages-titles.js';
import { pagesAnalyst } from './ru/pages-analyst.js';
import { pagesAdmin } from './ru/pages-admin.js';
import { pagesEmployer } from './ru/pages-employer.js';
import { pagesImport } from './ru/pages-import.js';
import { pagesStart } from './ru/pages-start.js';
import { pagesSupport } from './ru/pages-support.js';
import { outcomes } from './ru/outcomes.js';
import { notices } from './ru/notices.js';
import { pagesQuestions } from './ru/pages-questions.js';
import { questions } from './ru/questions.js';

/** Each feature's words; a feature adds its import and one line here. */
export const ru = {
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
