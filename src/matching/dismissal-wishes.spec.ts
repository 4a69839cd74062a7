import type { DismissalReason } from '../households/dismissal.entity.js';
import type { HouseholdView } from '../households/household-view.js';
import { wishOffer } from './dismissal-wishes.service.js';

const household = (minimumPayTenge: number | null, housingRequired = false): HouseholdView =>
  ({
    adults: [
      { position: 1, minimumPayTenge },
      { position: 2, minimumPayTenge: 900_000 },
    ],
    wishes: { housingRequired, regionCodes: ['KZ-55'], excludedRegionCodes: ['KZ-39'] },
  }) as unknown as HouseholdView;
const post = { payMinTenge: 250_000, payMaxTenge: 400_000, housing: 'none', position: 1 } as const;
const because = (reason: DismissalReason, districtRegion: string | null = null) => ({ reason, districtRegion });
const offered = (minimumPayTenge: number) => ({ wish: 'pay', position: 1, minimumPayTenge });

describe('the wish that a dismissal speaks of', () => {
  it('is a pay above the refused one, for the adult that the post was for', () => {
    expect(wishOffer(household(null), because('pay'), [post])).toEqual(offered(260_000));
    expect(wishOffer(household(255_000), because('pay'), [{ ...post, payMinTenge: 254_999 }])).toEqual(
      offered(260_000),
    );
    expect(wishOffer(household(null), because('pay'), [{ ...post, payMinTenge: null }])).toEqual(offered(410_000));
  });

  it('is housing that the employer gives', () => {
    expect(wishOffer(household(null), because('housing'), [post])).toEqual({ wish: 'housing' });
    // Of a district or a region.
    expect(wishOffer(household(null), because('housing'), [])).toEqual({ wish: 'housing' });
  });

  it('of a district or a region is of the posts that were proposed there: the first adult’s pay, then the second’s', () => {
    const second = { ...post, payMinTenge: 950_000, payMaxTenge: null, position: 2 } as const;
    expect(wishOffer(household(null), because('pay', 'KZ-59'), [post, second])).toEqual(offered(260_000));
    expect(wishOffer(household(260_000), because('pay', 'KZ-59'), [post, second])).toEqual({
      wish: 'pay',
      position: 2,
      minimumPayTenge: 960_000,
    });
    expect(wishOffer(household(null), because('housing'), [{ ...post, housing: 'provided' }, second])).toEqual({
      wish: 'housing',
    });
  });

  it('is the whole region of a district that was dismissed for the place', () => {
    expect(wishOffer(household(null), because('place', 'KZ-59'), [post])).toEqual({
      wish: 'region',
      regionCode: 'KZ-59',
    });
  });

  it.each([
    ['it stands already', household(260_000), 'pay', post],
    ['the post states no pay', household(null), 'pay', { ...post, payMinTenge: null, payMaxTenge: null }],
    ['the adult is gone', household(null), 'pay', { ...post, position: null }],
    ['nobody may wish so much', household(null), 'pay', { ...post, payMinTenge: 2_000_000_000 }],
    ['nothing was proposed there', household(null), 'pay', undefined],
    ['no district was dismissed for the place', household(null), 'place', post],
    ['housing is required already', household(null, true), 'housing', post],
    ['the post gave housing', household(null), 'housing', { ...post, housing: 'provided' }],
    ['it was for another reason', household(null), 'not_now', post],
  ] as const)('is none where %s', (_, own, reason, given) => {
    expect(wishOffer(own, because(reason), given === undefined ? [] : [given])).toBeNull();
  });

  it.each(['KZ-55', 'KZ-39'])('is none where the household has said of the region what it wishes: %s', (region) => {
    expect(wishOffer(household(null), because('place', region), [post])).toBeNull();
  });
});
