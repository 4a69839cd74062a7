import { type RuleCandidate, type RuleTerms, ruleApproves } from './auto-approve.js';

const rule: RuleTerms = {
  enabled: true,
  minScore: 50,
  sectors: ['medicine'],
  housingRequired: true,
  allAdultsPlaced: true,
};
const couple: RuleCandidate = {
  score: 60,
  persons: 4,
  adults: 2,
  placements: [
    { sector: 'medicine', housing: 'provided' },
    { sector: 'medicine', housing: 'provided' },
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
      { placements: [couple.placements[0]!, { sector: 'medicine', housing: 'help' }] },
      null,
    ],
    ['wants every adult placed', {}, { placements: [couple.placements[0]!] }, null],
    ['sees the quota used up', {}, {}, 3],
    ['sees no placement left', { allAdultsPlaced: false }, { placements: [] }, null],
  ])('leaves a proposal to an officer when it %s', (_, terms, candidate, quotaLeft) => {
    expect(ruleApproves({ ...rule, ...terms }, { ...couple, ...candidate }, quotaLeft)).toBe(false);
  });

  it('takes one job for a couple when it does not ask for both, and any home when it does not ask for one', () => {
    const one = { ...couple, placements: [{ sector: 'medicine', housing: null }] };
    expect(ruleApproves({ ...rule, allAdultsPlaced: false, housingRequired: false }, one, null)).toBe(true);
  });
});
