import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { fromRoot } from '../../config/paths.js';
import type { OccupationRules } from './missing.js';
import { type NearOccupations, readNearOccupations } from './near-occupations.js';
import { DIPLOMA_FIELDS, readDemands } from './papers.js';
import { type Routes, createRoutes, readCourses } from './routes.js';

export interface TransitionTables {
  near: NearOccupations;
  rules: OccupationRules;
  routes: Routes;
}

/** What the files of `data/occupations` say of changes between occupations; throws when they cannot be used. */
export function readTransitionTables(): TransitionTables {
  const text = (name: string): string => readFileSync(fromRoot('data', 'occupations', name), 'utf8');
  const regulated = new Map(
    parse<{ isco: string; regulated: string }>(text('occupations.csv'), { columns: true }).map((row) => [
      row.isco,
      row.regulated,
    ]),
  );
  const rules: OccupationRules = {
    diplomaOf: (isco) => DIPLOMA_FIELDS.find((field) => field === regulated.get(isco)) ?? null,
    demands: readDemands(text('papers.csv')),
  };
  const near = readNearOccupations(text('near-occupations.csv'));
  return { near, rules, routes: createRoutes(readCourses(text('courses.csv')), near, rules) };
}
