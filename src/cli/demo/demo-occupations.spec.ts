import { titleModel } from '../../occupations/resolver/model-file.js';
import { TitleResolver } from '../../occupations/resolver/title-resolver.js';
import { DEMO_OCCUPATIONS } from './demo-occupations.js';

describe('demo occupations', () => {
  it('carry the ISCO-08 code that their title resolves to, so that people and posts of the demo meet', () => {
    const resolver = new TitleResolver(titleModel(), () => null);
    const odd = DEMO_OCCUPATIONS.map(({ title, isco }) => ({ title, isco, found: resolver.resolve({ title }) }))
      .filter(({ isco, found }) => found.isco !== isco || !found.sure)
      .map(({ title, isco, found }) => `${title}: ${isco}, found ${found.isco} ${found.confidence}`);
    expect(odd).toEqual([]);
  });
});
