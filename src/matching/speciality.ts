import { titleModel } from '../occupations/resolver/model-file.js';
import type { SpecialisationKind } from '../occupations/resolver/specialisations.js';
import { TitleResolver } from '../occupations/resolver/title-resolver.js';
import type { Regulated } from './core/types.js';

/** The specialities that a title names in a field, by code and in their order; empty when it names none or is not known. */
export type SpecialityReader = (title: string | null, isco: string | null, field: Regulated | null) => string[];

/** Fields whose papers are for one speciality, and what the packs of titles call their kind. */
const KINDS: Partial<Record<Regulated, SpecialisationKind>> = { teaching: 'school', medicine: 'medicine' };

/** Doctors, dentists and other health professionals, and teachers of subjects; a nurse's or a nursery's paper is for no speciality of theirs. */
const SPECIALISED = /^(?:221|226|231|232|233|2341)/u;

const MOST_REMEMBERED = 50_000;
const remembered = new Map<string, string[]>();
let resolver: TitleResolver | undefined;

/** By the marks of the packs (`data/occupations/labels`), in three languages. Nothing of it is stored: better packs read old titles better. */
export const readSpecialities: SpecialityReader = (title, isco, field) => {
  const kind = field === null ? undefined : KINDS[field];
  if (title === null || kind === undefined || isco === null || !SPECIALISED.test(isco)) return [];
  const key = `${kind} ${title}`;
  let found = remembered.get(key);
  if (found === undefined) {
    resolver ??= new TitleResolver(titleModel(), () => null);
    found = resolver
      // The kind is the field's: the packs mark no titles of a college's teachers.
      .specialisations(title, '', kind)
      .map(({ code }) => code)
      .sort();
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, found);
  }
  return found;
};
