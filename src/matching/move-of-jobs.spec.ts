import { type JobThere, moveOfJobs } from './move-of-jobs.js';

const job = (seekerId: string, given: Partial<JobThere> = {}): JobThere => ({
  seekerId,
  payMinTenge: 200_000,
  payMaxTenge: null,
  housing: null,
  settlementType: 'urban',
  ...given,
});
const MOVERS = {
  persons: 4,
  homeRegionCode: 'KZ-61',
  regionCode: 'KZ-59',
  adults: [
    { id: 'a', payTenge: 150_000 },
    { id: 'b', payTenge: null },
  ],
};

describe('moveOfJobs', () => {
  it('gives each adult the job that is theirs, and none to who has none', () => {
    const { members, adults } = moveOfJobs([job('b')], MOVERS);
    expect(members).toBe(4);
    expect(adults[0]).toEqual({ payTenge: 150_000, job: null });
    expect(adults[1]).toMatchObject({ payTenge: null, job: { payMinTenge: 200_000, payMaxTenge: null } });
  });

  it('does not know what others earn of a household that lives there already: what is stated may be of before', () => {
    const there = moveOfJobs([], { ...MOVERS, livesThere: true, adults: [...MOVERS.adults, { id: 'c', payTenge: 0 }] });
    const unknown = { payMinTenge: null, payMaxTenge: null };
    expect(there.adults.map(({ job: one }) => one)).toEqual([unknown, unknown, unknown]);
  });

  it('knows town or village only where every job says the same', () => {
    const kindOf = (...jobs: JobThere[]): unknown => moveOfJobs(jobs, MOVERS).settlementType;
    expect(kindOf(job('a'), job('b'))).toBe('urban');
    expect(kindOf(job('a'), job('b', { settlementType: 'rural' }))).toBeNull();
    expect(kindOf(job('a'), job('b', { settlementType: null }))).toBeNull();
    expect(kindOf()).toBeNull();
  });

  it('has housing when one of the employers provides it', () => {
    expect(moveOfJobs([job('a', { housing: 'help' })], MOVERS).housingProvided).toBe(false);
    expect(moveOfJobs([job('a'), job('b', { housing: 'provided' })], MOVERS).housingProvided).toBe(true);
  });
});
