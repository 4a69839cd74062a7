import { type RuleCandidate, type RuleTerms, ruleApproves } from './auto-approve.js';

const rule: RuleTerms & { createdAt: Date } = {
  enabled: true,
  minScore: 50,
  sectors: ['medicine'],
  housingRequired: true,
  allAdultsPlaced: true,
  createdAt: new Date('2026-11-22T04:00:00Z'),
};
const couple: RuleCandidate = {
  score: 60,
  persons: 4,
  adults: 2,
  createdAt: new Date('2026-11-22T04:00:00Z'),
  placements: [
    { sector: 'medicine', housing: 'provided', needsCheck: false },
    { sector: 'medicine', housing: 'provided', needsCheck: false },
  ],
};

describe('a rule', () => {
  it('approves what meets all its terms', () => {
    expect(ruleApproves(rule, couple, null)).toBe(true);
    expect(ruleApproves(rule, { ...couple, score: 50 }, 4)).toBe(true);
    expect(ruleApproves({ ...rule, sectors: [] }, couple, 100)).toBe(true);
  });

  it.each<[string, Partial<RuleTerms>, Partial<RuleCandidate>, number | null]>([
    ['is switched off', { enabled: false }, {}, null],
    ['asks for a higher score', { minScore: 60.1 }, {}, null],
    ['speaks of other sectors', { sectors: ['agriculture'] }, {}, null],
    [
      'wants housing with every job',
      {},
      { placements: [couple.placements[0]!, { sector: 'medicine', housing: 'help', needsCheck: false }] },
      null,
    ],
    ['wants every adult placed', {}, { placements: [couple.placements[0]!] }, null],
    ['is younger than the proposal', {}, { createdAt: new Date('2026-11-22T03:59:59.999Z') }, null],
    [
      'sees that somebody must look at a paper',
      {},
      { placements: [couple.placements[0]!, { ...couple.placements[1]!, needsCheck: true }] },
      null,
    ],
    ['sees the quota used up', {}, {}, 3],
    ['sees no placement left', { allAdultsPlaced: false }, { placements: [] }, null],
  ])('leaves a proposal to an officer when it %s', (_, terms, candidate, quotaLeft) => {
    expect(ruleApproves({ ...rule, ...terms }, { ...couple, ...candidate }, quotaLeft)).toBe(false);
  });

  it('takes one job for a couple when it does not ask for both, and any home when it does not ask for one', () => {
    const one = { ...couple, placements: [{ sector: 'medicine', housing: null, needsCheck: false }] };
    expect(ruleApproves({ ...rule, allAdultsPlaced: false, housingRequired: false }, one, null)).toBe(true);
  });
});
