import { CorrectedTitles, OFFICER_TRUST } from './corrected-titles.js';
import { NO_OCCUPATION, type Resolution, type TitleQuestion } from './resolver/title-resolver.js';
import { titleKey } from './title-key.js';

const NAMES: Record<string, string> = { '6121': 'Мал өсіруші', '5223': 'Продавец' };
const nameOf = (isco: string): string => NAMES[isco] ?? isco;

/** A model that knows two words, and is sure of a seller. */
function guess({ title }: TitleQuestion): Resolution {
  const known = /мал өсіруші/iu.test(title) ? '6121' : /продавец/iu.test(title) ? '5223' : null;
  return known === null
    ? NO_OCCUPATION
    : { isco: known, confidence: 0.8, sure: known === '5223', alternatives: [], specialisation: null };
}
const ask = (
  taught: [title: string, isco: string | null, area?: number][],
  title: string,
  areaId: number | null = null,
) =>
  new CorrectedTitles(taught.map(([text, isco, area]) => ({ key: titleKey(text, area ?? null)!, isco }))).resolve(
    { title, areaId },
    guess,
    nameOf,
  );

describe('what officers taught', () => {
  it('answers the very title, in any spelling, against the model too', () => {
    const said = { isco: '6121', confidence: OFFICER_TRUST, sure: true, alternatives: [], specialisation: null };
    expect(ask([['қырқымшы', '6121']], 'КЫРКЫМШЫ (вахта)')).toEqual(said);
    expect(ask([['продавец', '6121']], 'Продавец')).toEqual(said);
    expect(ask([['қырқымшы', '6121']], 'апсейлер')).toEqual(NO_OCCUPATION);
  });

  it('says that a title names no occupation, and teaches no other by that', () => {
    expect(ask([['продавец счастья', null]], 'Продавец счастья')).toMatchObject({ isco: null, sure: false });
    expect(ask([['продавец', null]], 'Продавец счастья')).toMatchObject({ isco: '5223' });
  });

  it('holds in its area where the title says no more than a family', () => {
    expect(ask([['мастер', '6121', 121]], 'Мастер', 121).isco).toBe('6121');
    expect(ask([['мастер', '6121', 121]], 'Мастер', 120).isco).toBeNull();
    expect(ask([['мастер', '6121', 121]], 'Мастер').isco).toBeNull();
    expect(ask([['мастер', '6121', 121]], 'Мастер апсейлер', 121).isco).toBeNull();
  });

  it('teaches longer titles through the model, which is asked with the known name in their place', () => {
    expect(ask([['қырқымшы', '6121']], 'қырқымшы шаруашылыққа')).toEqual(guess({ title: 'мал өсіруші' }));
    expect(
      ask(
        [
          ['қырқымшы', '6121'],
          ['қырқымшы шаруашылыққа', '5223'],
        ],
        'аға қырқымшы шаруашылыққа',
      ).isco,
    ).toBe('5223');
  });

  it('leaves alone what the model is sure of', () => {
    expect(ask([['қырқымшы', '6121']], 'продавец қырқымшы').isco).toBe('5223');
  });
});
