import type { HouseholdView } from '../households/household-view.js';
import { wishOffer } from './dismissal-wishes.service.js';

const household = (minimumPayTenge: number | null, housingRequired = false): HouseholdView =>
  ({
    adults: [
      { position: 1, minimumPayTenge },
      { position: 2, minimumPayTenge: 900_000 },
    ],
    wishes: { housingRequired },
  }) as unknown as HouseholdView;
const post = { payMinTenge: 250_000, payMaxTenge: 400_000, housing: 'none', position: 1 } as const;
const offered = (minimumPayTenge: number) => ({ wish: 'pay', position: 1, minimumPayTenge });

describe('the wish that a dismissal speaks of', () => {
  it('is a pay above the refused one, for the adult that the post was for', () => {
    expect(wishOffer(household(null), { reason: 'pay' }, post)).toEqual(offered(260_000));
    expect(wishOffer(household(255_000), { reason: 'pay' }, { ...post, payMinTenge: 254_999 })).toEqual(
      offered(260_000),
    );
    expect(wishOffer(household(null), { reason: 'pay' }, { ...post, payMinTenge: null })).toEqual(offered(410_000));
  });

  it('is housing that the employer gives', () => {
    expect(wishOffer(household(null), { reason: 'housing' }, post)).toEqual({ wish: 'housing' });
    // Of a district or a region.
    expect(wishOffer(household(null), { reason: 'housing' }, undefined)).toEqual({ wish: 'housing' });
  });

  it.each([
    ['it stands already', household(260_000), 'pay', post],
    ['the post states no pay', household(null), 'pay', { ...post, payMinTenge: null, payMaxTenge: null }],
    ['the adult is gone', household(null), 'pay', { ...post, position: null }],
    ['nobody may wish so much', household(null), 'pay', { ...post, payMinTenge: 2_000_000_000 }],
    ['a region was dismissed for its pay', household(null), 'pay', undefined],
    ['housing is required already', household(null, true), 'housing', post],
    ['the post gave housing', household(null), 'housing', { ...post, housing: 'provided' }],
    ['it was for another reason', household(null), 'not_now', post],
  ] as const)('is none where %s', (_, own, reason, given) => {
    expect(wishOffer(own, { reason }, given)).toBeNull();
  });
});
