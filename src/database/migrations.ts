import { Initial1764000000000 } from '../../migrations/1764000000000-initial.js';
import { PlacementMismatch1764100000000 } from '../../migrations/1764100000000-placement-mismatch.js';
import { VacancyReadApart1764200000000 } from '../../migrations/1764200000000-vacancy-read-apart.js';
import { Accounts1764300000000 } from '../../migrations/1764300000000-accounts.js';
import { RowLevelSecurity1764400000000 } from '../../migrations/1764400000000-row-level-security.js';
import { VacancySearch1764500000000 } from '../../migrations/1764500000000-vacancy-search.js';
import { Notices1764600000000 } from '../../migrations/1764600000000-notices.js';
import { MigrantDesk1764700000000 } from '../../migrations/1764700000000-migrant-desk.js';
import { MatchRunSnapshot1764750000000 } from '../../migrations/1764750000000-match-run-snapshot.js';
import { NoticesRead1764800000000 } from '../../migrations/1764800000000-notices-read.js';
import { AuditTruncate1764810000000 } from '../../migrations/1764810000000-audit-truncate.js';
import { RejectedAbsent1764820000000 } from '../../migrations/1764820000000-rejected-absent.js';
import { FirmOwner1764830000000 } from '../../migrations/1764830000000-firm-owner.js';
import { DoubtsAndNames1764840000000 } from '../../migrations/1764840000000-doubts-and-names.js';
import { TitleCorrections1764853710000 } from '../../migrations/1764853710000-title-corrections.js';
import { Applications1764900000000 } from '../../migrations/1764900000000-applications.js';
import { Questions1764910000000 } from '../../migrations/1764910000000-questions.js';
import { Outcomes1764920000000 } from '../../migrations/1764920000000-outcomes.js';
import { MatchRunVacancies1764930000000 } from '../../migrations/1764930000000-match-run-vacancies.js';
import { MatchShards1764940000000 } from '../../migrations/1764940000000-match-shards.js';
import { AccountsAndQuotas1764970000000 } from '../../migrations/1764970000000-accounts-and-quotas.js';
import { SecondChancesAndReturns1764985000000 } from '../../migrations/1764985000000-second-chances-and-returns.js';
import { OtherMembers1764990000000 } from '../../migrations/1764990000000-other-members.js';
import { SecondChanceTakeFrom1764995000000 } from '../../migrations/1764995000000-second-chance-take-from.js';
import { RejectedAsOf1764996000000 } from '../../migrations/1764996000000-rejected-as-of.js';
import { OwnerOfApproved1764997000000 } from '../../migrations/1764997000000-owner-of-approved.js';

/** Every migration, oldest first. A new one is added here by hand. */
export const MIGRATIONS = [
  Initial1764000000000,
  PlacementMismatch1764100000000,
  VacancyReadApart1764200000000,
  Accounts1764300000000,
  RowLevelSecurity1764400000000,
  VacancySearch1764500000000,
  Notices1764600000000,
  MigrantDesk1764700000000,
  MatchRunSnapshot1764750000000,
  NoticesRead1764800000000,
  AuditTruncate1764810000000,
  RejectedAbsent1764820000000,
  FirmOwner1764830000000,
  DoubtsAndNames1764840000000,
  TitleCorrections1764853710000,
  Applications1764900000000,
  Questions1764910000000,
  Outcomes1764920000000,
  MatchRunVacancies1764930000000,
  MatchShards1764940000000,
  AccountsAndQuotas1764970000000,
  SecondChancesAndReturns1764985000000,
  OtherMembers1764990000000,
  SecondChanceTakeFrom1764995000000,
  RejectedAsOf1764996000000,
  OwnerOfApproved1764997000000,
];
