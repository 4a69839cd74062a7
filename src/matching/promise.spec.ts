import { type PlacementPromise, type PresentFacts, brokenFor, brokenPromise } from './promise.js';

const promise: PlacementPromise = {
  payMinTenge: 300_000,
  payMaxTenge: 350_000,
  housing: 'provided',
  employment: 'permanent',
  districtKato: '591000000',
};
const kept: PresentFacts = { ...promise, isco: '2221', regionCode: 'KZ-59', status: 'open', validUntil: '2026-12-01' };
const today = '2026-11-22';
const after = (change: Partial<PresentFacts>): string | null => brokenPromise(promise, { ...kept, ...change }, today);

describe('a promise', () => {
  it('holds while the vacancy is as it was or better', () => {
    expect(after({})).toBeNull();
    expect(after({ payMinTenge: 310_000, payMaxTenge: null, validUntil: today })).toBeNull();
    expect(after({ payMaxTenge: 300_000 })).toBeNull();
  });

  it('breaks when the vacancy is closed or its last day has passed', () => {
    expect(after({ status: 'closed' })).toBe('vacancy_closed');
    expect(after({ validUntil: '2026-11-21' })).toBe('vacancy_closed');
  });

  it('breaks when less is paid, or no pay is stated any more', () => {
    expect(after({ payMinTenge: 284_999 })).toBe('pay_reduced');
    expect(after({ payMinTenge: 285_000 })).toBeNull(); // within what rounding, or net for gross, makes
    expect(after({ payMinTenge: null })).toBe('pay_reduced');
    const upTo = { ...promise, payMinTenge: null };
    expect(brokenPromise(upTo, { ...kept, payMinTenge: 250_000 }, today)).toBeNull();
    expect(brokenPromise(upTo, { ...kept, payMaxTenge: 330_000 }, today)).toBe('pay_reduced');
  });

  it('breaks when the housing gets less', () => {
    expect(after({ housing: 'help' })).toBe('housing_lost');
    expect(after({ housing: null })).toBe('housing_lost');
    expect(brokenPromise({ ...promise, housing: null }, { ...kept, housing: 'none' }, today)).toBeNull();
    expect(brokenPromise({ ...promise, housing: 'help' }, kept, today)).toBeNull();
  });

  it('breaks when the vacancy is read as another occupation, where the promise kept which', () => {
    expect(brokenPromise({ ...promise, isco: '2221' }, kept, today)).toBeNull();
    expect(brokenPromise({ ...promise, isco: '5322' }, kept, today)).toBe('occupation_changed');
    expect(brokenPromise({ ...promise, isco: '2221' }, { ...kept, isco: null }, today)).toBe('occupation_changed');
    expect(after({ isco: '5322' })).toBeNull();
    const sold = { ...promise, isco: '5221' };
    const now = { ...kept, isco: '5222', regulated: null };
    expect(brokenFor(sold, { ...now, seekerIsco: '5223' }, today)).toBeNull();
    expect(brokenFor(sold, { ...now, seekerIsco: '2221' }, today)).toBe('occupation_changed');
    expect(brokenFor(sold, { ...now, isco: null, seekerIsco: '5223' }, today)).toBe('occupation_changed');
    expect(brokenFor(sold, { ...now, payMinTenge: 1, seekerIsco: '5223' }, today)).toBe('pay_reduced');
  });

  it('breaks when a permanent post is no longer one, or is elsewhere', () => {
    expect(after({ employment: 'seasonal' })).toBe('employment_worsened');
    expect(after({ districtKato: '593200000' })).toBe('moved');
    expect(after({ districtKato: null })).toBeNull();
    expect(after({ districtKato: null, regionCode: 'KZ-11' })).toBe('moved');
    expect(
      brokenPromise({ ...promise, employment: 'seasonal' }, { ...kept, employment: 'temporary' }, today),
    ).toBeNull();
  });

  it('never speaks of what was not promised', () => {
    const nothing: PlacementPromise = {
      ...promise,
      payMinTenge: null,
      payMaxTenge: null,
      housing: null,
      employment: null,
    };
    expect(
      brokenPromise(
        nothing,
        { ...kept, payMinTenge: null, payMaxTenge: null, housing: 'none', employment: null },
        today,
      ),
    ).toBeNull();
  });
});
