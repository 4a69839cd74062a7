import { parse } from 'csv-parse/sync';

/** Fields that the law closes to people without a diploma. */
export const DIPLOMA_FIELDS = ['medicine', 'teaching'] as const;
export type DiplomaField = (typeof DIPLOMA_FIELDS)[number];

/** Papers that a course ends with; `driving` is a licence with categories. */
export const PAPERS = [
  'driving',
  'tractor_licence',
  'crane_permit',
  'electrical_group',
  'boiler_permit',
  'guard_training',
] as const;
export type Paper = (typeof PAPERS)[number];

/** What the law asks of everybody in an occupation. */
export interface Demand {
  paper: Paper;
  /** Driving categories of which one is enough; empty for the other papers. */
  categories: readonly string[];
  /** Driving categories that somebody of this occupation has, where they say nothing of it. */
  held: readonly string[];
  source: string;
  verified: boolean;
}

/** By unit group; from `data/occupations/papers.csv`. */
export type Demands = ReadonlyMap<string, Demand>;

type Row = Record<'isco' | 'paper' | 'categories' | 'held' | 'source' | 'verified', string>;

/** Throws on a paper of another name. */
export function readDemands(csv: string): Demands {
  return new Map(
    parse<Row>(csv, { columns: true }).map((row) => [
      row.isco,
      {
        paper: knownOf(PAPERS, row.paper),
        categories: wordsOf(row.categories),
        held: wordsOf(row.held),
        source: row.source,
        verified: row.verified === 'yes',
      },
    ]),
  );
}

/** Words parted by spaces. */
export function wordsOf(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** The value as one of a list; throws for another. */
export function knownOf<Known extends string>(list: readonly Known[], value: string): Known {
  const found = list.find((one) => one === value);
  if (found === undefined) throw new Error(`"${value}" is none of ${list.join(', ')}.`);
  return found;
}
