import type { ProblemParams } from '../shared/problem.js';

/** Words for the codes that vacancies use; Enbek's own ids are translated by the connectors. */
export type Employment = 'permanent' | 'temporary' | 'seasonal' | 'remote';
export type Schedule = 'full_day' | 'part_day' | 'part_week' | 'home' | 'rotation' | 'shifts' | 'other';
export type Education =
  'postgraduate' | 'higher' | 'post_secondary' | 'vocational' | 'general_secondary' | 'basic_secondary';
export type Experience = 'any' | 'none' | '1-3' | '3-5' | '5+';
export type Housing = 'provided' | 'help' | 'none';

export interface EmployerClaim {
  name: string;
  /** Enbek's numeric id of the employer. */
  enbekId?: number | null;
  /** Only a BIN with a valid check digit; an invalid one becomes a warning. */
  bin?: string | null;
  activity?: string | null;
  headcount?: number | null;
}

/**
 * One vacancy as a source states it. `undefined` = this source never speaks of the field (a later read of a poorer source
 * does not erase what a richer one said); `null` or an empty list = the source speaks of it and states nothing.
 * Contacts of persons have no field, so they cannot be stored.
 */
export interface VacancyClaim {
  externalId: string;
  title: string;
  locationText: string;
  employer: EmployerClaim;
  /** `YYYY-MM-DD` */
  publishedOn: string;
  /** Set when the source has no date and `publishedOn` is the day of reading: it counts for a vacancy that is new only. */
  publishedUnstated?: true;
  uid?: string | null;
  url?: string | null;
  subtitle?: string | null;
  /** Enbek's area 101–125. */
  areaId?: number | null;
  /** ISCO-08 unit group, where the source states one (an employer's own form); otherwise title and area decide. */
  isco?: string | null;
  /** False: `isco` is what was read out of the title before, which an officer may correct. */
  iscoStated?: boolean;
  /** First two digits of KATO. The place must lie inside it. */
  enbekRegionId?: number | null;
  /** A settlement's code as the source states it. */
  kato?: string | null;
  addressText?: string | null;
  payMinTenge?: number | null;
  payMaxTenge?: number | null;
  employment?: Employment | null;
  schedule?: Schedule | null;
  education?: Education | null;
  experience?: Experience | null;
  openings?: number | null;
  openingsYouth?: number | null;
  duties?: string | null;
  skills?: string[];
  languages?: string[];
  driving?: string[];
  tags?: string[];
  enbekSource?: number | null;
  relocationOffered?: boolean | null;
  permanentYears?: number | null;
  housing?: Housing | null;
  validUntil?: string | null;
  /** The source says that the vacancy is over. */
  archived?: boolean;
}

export interface Warning {
  code: string;
  field?: string;
  params?: ProblemParams;
}

/**
 * What a connector yields, in the order of the file. A record that breaks a rule is yielded as `rejected` and the reading
 * goes on; a file that cannot be trusted as a whole (truncated, wrong encoding, not a vacancy) throws a `Problem`,
 * and nothing of it is applied.
 */
export type ReadEvent =
  | {
      kind: 'header';
      /** The file says how its source was when the file was made; a page, a card or a row says how its vacancy is now. */
      feed?: boolean;
      complete: boolean;
      generatedAt: Date | null;
      count: number | null;
      source?: string | null;
      synthetic?: boolean;
      warnings?: Warning[];
    }
  | { kind: 'vacancy'; ref: string; claim: VacancyClaim; raw: string; warnings: Warning[] }
  | {
      kind: 'rejected';
      /** How a person finds the record: `line 17` or the external id. */
      ref: string;
      /** Known when the id was readable: such a vacancy is not taken for absent from a complete feed. */
      externalId: string | null;
      code: string;
      field: string | null;
      params: ProblemParams;
      /** Without contacts of persons; `fileOfOneRecord` makes it a file again that the same connector reads. */
      raw: string;
    }
  /** The source answers that it has this vacancy no more (HTTP 410): it is closed if it is known; an unknown one is nothing. */
  | { kind: 'gone'; ref: string; externalId: string };

export const CONNECTORS = ['vacancy-table', 'enbek-feed', 'enbek-page', 'enbek-listing', 'jobposting'] as const;
export type ConnectorName = (typeof CONNECTORS)[number];

/** Where the bytes come from, as far as a connector may care. */
export interface ReadContext {
  /** File name or URL: its ending tells CSV from NDJSON and gzip from plain. */
  origin: string;
  /** The date of reading in Kazakhstan, `YYYY-MM-DD`. */
  today: string;
  /** Whose own source is read; a firm's own list need not name it. */
  firm?: { name: string; bin: string | null } | null;
}

export interface Connector {
  name: ConnectorName;
  /** The name under which its vacancies are identified: the three Enbek connectors share Enbek's numeric ids. */
  defaultSource: string;
  /** True when a file that starts so (first 64 kB, decompressed) is this connector's. */
  recognises(head: string, origin: string): boolean;
  read(bytes: AsyncIterable<Uint8Array>, context: ReadContext): AsyncGenerator<ReadEvent>;
}
