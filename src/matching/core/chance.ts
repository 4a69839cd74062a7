import { OTHER_DEGREE } from '../../shared/other-degree.js';
import { EDUCATIONS, type SeekerProfile, type VacancyOffer } from './types.js';
import type { Weights } from './weights.js';

type Own = Pick<SeekerProfile, 'isco' | 'specialities'>;
type Wanted = Pick<VacancyOffer, 'isco' | 'iscoSure' | 'regulated' | 'specialities'>;

/**
 * Minor groups of ISCO-08 that gather professions with trainings of their own, so that nearness of codes says nothing: engineers
 * by branch, architects and designers, other health (a dentist is no pharmacist), health technicians, law, social sciences (a psychologist is no
 * economist), authors, artists, other health associates.
 */
const GATHERED: ReadonlySet<string> = new Set(['214', '216', '226', '261', '263', '264', '265', '321', '325']);

/** Occupations of different blocks never fit: the sub-major group, with the associate nurses and midwives among the others. */
export function blockOf(isco: string): string {
  return isco.startsWith('322') ? '22' : isco.slice(0, 2);
}

/**
 * How near the seeker's occupation is to the vacancy's, by ISCO-08: the same unit group (4 digits), minor group (3) or sub-major
 * group (2), or one of the two degrees of nurses and midwives; 0 when further apart or unknown. A medical diploma binds to its speciality, so medicine ends at the minor group.
 * Inside one unit group of medicine and teaching, titles that name different specialities (a surgeon's and an anaesthetist's, both
 * 2212) fit like occupations of one minor group: see `specialityDiffers`.
 */
export function occupationFit(seeker: Own, vacancy: Wanted, { occupation }: Pick<Weights, 'occupation'>): number {
  const wanted = vacancy.isco;
  if (wanted === null) return 0;
  const sure = vacancy.iscoSure ? 1 : occupation.guessed;
  if (wanted === seeker.isco) {
    return (specialityDiffers(seeker, vacancy) ? occupation.sameMinor : occupation.sameUnit) * sure;
  }
  if (OTHER_DEGREE.get(wanted) === seeker.isco) return occupation.sameMinor * sure;
  if (wanted[0] !== seeker.isco[0] || wanted[1] !== seeker.isco[1]) return 0;
  if (wanted[2] === seeker.isco[2] && !GATHERED.has(wanted.slice(0, 3))) return occupation.sameMinor * sure;
  return vacancy.regulated === 'medicine' ? 0 : occupation.sameSubMajor * sure;
}

const ANY_FIT = { occupation: { sameUnit: 1, sameMinor: 1, sameSubMajor: 1, guessed: 1 } };

/** Whether anything of a seeker's occupation fits a vacancy's: without that nobody is proposed it. */
export function isRelated(own: string, wanted: Pick<VacancyOffer, 'isco' | 'regulated'>): boolean {
  return occupationFit({ isco: own, specialities: [] }, { ...wanted, iscoSure: true, specialities: [] }, ANY_FIT) > 0;
}

/**
 * True when a person must look at the paper before anybody is sent: in medicine and teaching, where the diploma is for a speciality,
 * the unit groups differ, or both titles name specialities and neither names all that the other does. A title that names none
 * says nothing against the pair.
 */
export function specialityDiffers(seeker: Own, vacancy: Wanted): boolean {
  if (vacancy.regulated !== 'medicine' && vacancy.regulated !== 'teaching') return false;
  if (vacancy.isco !== seeker.isco) return true;
  const [own, wanted] = [seeker.specialities, vacancy.specialities];
  if (own.length === 0 || wanted.length === 0) return false;
  return !own.every((code) => wanted.includes(code)) && !wanted.every((code) => own.includes(code));
}

/** Rank of a level of education, 0 the lowest; -1 when not stated. */
export function educationRank(level: SeekerProfile['education']): number {
  return level === null ? -1 : EDUCATIONS.indexOf(level);
}

/** 1 when the required education is met or none is stated, less for each level below. Ranks as `educationRank` gives them. */
export function qualificationFit(own: number, required: number, { qualification }: Weights): number {
  if (required === -1) return 1;
  if (own === -1) return qualification.seekerNotStated;
  const below = required - own;
  if (below <= 0) return 1;
  if (below === 1) return qualification.oneBelow;
  return below === 2 ? qualification.twoBelow : qualification.moreBelow;
}

const YEARS = { any: 0, none: 0, '1-3': 1, '3-5': 3, '5+': 5 } as const;

/** The least years of experience a vacancy asks for; 0 when it asks for none or states nothing. */
export function requiredYears(experience: VacancyOffer['experience']): number {
  return experience === null ? 0 : YEARS[experience];
}

/** 1 from the required years on, falling in proportion to a floor at no experience. */
export function experienceFit(years: number, required: number, { experience }: Weights): number {
  if (years >= required) return 1;
  return experience.floor + (1 - experience.floor) * (years / required);
}

/** 1 when every stated language is known or none is stated, falling by the share known to a floor. */
export function languageFit(known: readonly string[], required: readonly string[], { language }: Weights): number {
  if (required.length === 0) return 1;
  let met = 0;
  for (const code of required) if (known.includes(code)) met += 1;
  return language.floor + (1 - language.floor) * (met / required.length);
}

/**
 * The chance that a seeker gets one of the openings of an occupation, from its smoothed tension τ = openings ÷ (seekers + 1):
 * τ·(1 − e^(−1/τ)), the job-finding rate of the urn-ball matching function (Butters 1977; Petrongolo and Pissarides,
 * Journal of Economic Literature 39(2), 2001). Near τ when posts are few, near 1 when they abound.
 */
export function competitionFit(tension: number): number {
  return tension <= 0 ? 0 : tension * -Math.expm1(-1 / tension);
}
