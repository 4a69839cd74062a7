import fc from 'fast-check';
import { WEIGHTS } from '../../../test/support/market.js';
import {
  competitionFit,
  educationRank,
  experienceFit,
  languageFit,
  occupationFit,
  qualificationFit,
  specialityDiffers,
} from './chance.js';
import type { Regulated } from './types.js';

const fitOf = (own: string, wanted: string | null, regulated: 'medicine' | null = null, iscoSure = true): number =>
  occupationFit({ isco: own, specialities: [] }, { isco: wanted, iscoSure, regulated, specialities: [] }, WEIGHTS);

describe('chance', () => {
  it('falls with the distance of occupations', () => {
    expect(fitOf('2341', '2341')).toBe(1);
    expect(fitOf('2341', '2342')).toBe(0.6);
    expect(fitOf('2341', '2330')).toBe(0);
    expect(fitOf('2341', '2411')).toBe(0);
    expect(fitOf('2341', null)).toBe(0);
    expect(fitOf('2341', '2341', null, false)).toBe(0.9);
  });

  it('lets nurses and midwives of the two degrees meet, with an eye on the diploma, and nobody else', () => {
    const pairs = [['2221', '3221'], ['3221', '2221'], ['2222', '3222'], ['3222', '2222']] as const; // prettier-ignore
    for (const [own, wanted] of pairs) {
      expect(fitOf(own, wanted, 'medicine')).toBe(0.6);
      const vacancy = { isco: wanted, iscoSure: true, regulated: 'medicine' as const, specialities: [] };
      expect(specialityDiffers({ isco: own, specialities: [] }, vacancy)).toBe(true);
    }
    expect(fitOf('2221', '3222', 'medicine')).toBe(0);
    expect(fitOf('2212', '3221', 'medicine')).toBe(0);
  });

  it('does not make a doctor of a nurse', () => {
    expect(fitOf('2221', '2222', 'medicine')).toBe(0.6);
    expect(fitOf('2221', '2212', 'medicine')).toBe(0);
  });

  it('takes no profession for another because their codes stand side by side', () => {
    expect(fitOf('2634', '2631')).toBe(0);
    expect(fitOf('2261', '2262', 'medicine')).toBe(0);
    expect(fitOf('2142', '2146')).toBe(0);
    expect(fitOf('2142', '2142')).toBe(1);
  });

  it('keeps specialities of one unit group apart where the paper is for one, and nowhere else', () => {
    const at = (own: string[], wanted: string[], regulated: Regulated | null = 'medicine'): [number, boolean] => {
      const seeker = { isco: '2212', specialities: own };
      const vacancy = { isco: '2212', iscoSure: true, regulated, specialities: wanted };
      return [occupationFit(seeker, vacancy, WEIGHTS), specialityDiffers(seeker, vacancy)];
    };
    expect(at(['surgery'], ['anaesthesiology'])).toEqual([0.6, true]);
    expect(at(['surgery'], ['surgery'])).toEqual([1, false]);
    expect(at(['surgery'], [])).toEqual([1, false]);
    expect(at([], ['surgery'])).toEqual([1, false]);
    expect(at(['biology', 'chemistry'], ['biology'], 'teaching')).toEqual([1, false]);
    expect(at(['biology', 'chemistry'], ['biology', 'physics'], 'teaching')).toEqual([0.6, true]);
    expect(at(['surgery'], ['anaesthesiology'], null)).toEqual([1, false]);
  });

  it('asks to check the paper also between unit groups of one minor group', () => {
    const nurse = { isco: '2221', specialities: [] };
    const midwife = { isco: '2222', iscoSure: true, regulated: 'medicine' as const, specialities: [] };
    expect(specialityDiffers(nurse, midwife)).toBe(true);
  });

  it('asks for education only where it is required', () => {
    const at = (own: Parameters<typeof educationRank>[0], required: Parameters<typeof educationRank>[0]): number =>
      qualificationFit(educationRank(own), educationRank(required), WEIGHTS);
    expect(at('basic_secondary', null)).toBe(1);
    expect(at('higher', 'vocational')).toBe(1);
    expect(at('post_secondary', 'higher')).toBe(0.7);
    expect(at('vocational', 'higher')).toBe(0.4);
    expect(at('basic_secondary', 'postgraduate')).toBe(0.15);
    expect(at(null, 'higher')).toBe(0.7);
  });

  it('grows with experience and with languages up to what is asked', () => {
    expect(experienceFit(0, 0, WEIGHTS)).toBe(1);
    expect(experienceFit(0, 3, WEIGHTS)).toBe(0.3);
    expect(experienceFit(3, 3, WEIGHTS)).toBe(1);
    expect(languageFit([], [], WEIGHTS)).toBe(1);
    expect(languageFit(['kk'], ['kk', 'ru'], WEIGHTS)).toBeCloseTo(0.7, 12);
  });

  it('turns tension into a chance that rises from 0 towards 1', () => {
    const tension = fc.double({ min: 1e-9, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(tension, tension, (x, y) => {
        const [low, high] = [Math.min(x, y), Math.max(x, y)];
        expect(competitionFit(low)).toBeGreaterThan(0);
        expect(competitionFit(high)).toBeLessThanOrEqual(1);
        expect(competitionFit(high)).toBeGreaterThanOrEqual(competitionFit(low) - 1e-12);
      }),
    );
    expect(competitionFit(0)).toBe(0);
    expect(competitionFit(1)).toBeCloseTo(1 - Math.exp(-1), 12);
  });
});
