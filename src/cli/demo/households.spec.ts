import { NORTHERN_HOUSEHOLDS, SOUTHERN_HOUSEHOLDS, demoHouseholds } from './households.js';

const REGIONS = ['61', '31', '19', '43', '79', '47', '33', '75', '59', '55', '39', '63', '10', '35', '62', '11'];
const homes = REGIONS.map((region) => ({ kato: `${region}1010000`, regionCode: `KZ-${region}` }));
const today = '2026-11-22';
const households = demoHouseholds(homes, today);
const southern = households.slice(0, SOUTHERN_HOUSEHOLDS);
const persons = (h: (typeof households)[number]): number => h.adults.length + h.children;
const ageOn = (birthDate: string): number =>
  Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (today.slice(5) < birthDate.slice(5) ? 1 : 0);

describe('demo households', () => {
  it('have the make-up the survey found: 73.3 % families, 80 % of them couples with children, 38 % under 30', () => {
    const families = southern.filter((h) => persons(h) > 1);
    expect(families.length / southern.length).toBeCloseTo(0.733, 3);
    const couples = families.filter((h) => h.adults.length === 2 && h.children > 0);
    expect(couples.length / families.length).toBeCloseTo(0.8, 2);
    const young = southern.filter((h) => ageOn(h.adults[0]!.birthDate) < 30);
    expect(young.length / southern.length).toBeCloseTo(0.38, 3);
  });

  it('follow the corridors: relatives of Turkestan households live where Turkestan moves', () => {
    const relatives = southern.filter((h) => h.homeKato.startsWith('61')).flatMap((h) => h.relativesRegionCodes);
    expect(new Set(relatives)).toEqual(new Set(['KZ-39', 'KZ-55', 'KZ-59']));
    const share = southern.filter((h) => h.relativesRegionCodes.length > 0).length / southern.length;
    expect(share).toBeGreaterThan(0.09);
    expect(share).toBeLessThan(0.125);
  });

  it('never share a phone or an address', () => {
    const contacts = households.flatMap((h) => [h.phone, h.email]).filter((contact) => contact !== null);
    expect(new Set(contacts).size).toBe(contacts.length);
  });

  it('leave northern seekers where they are', () => {
    const northern = households.slice(SOUTHERN_HOUSEHOLDS);
    expect(northern).toHaveLength(NORTHERN_HOUSEHOLDS);
    expect(northern.every((h) => !h.wishesMove)).toBe(true);
  });

  it('are the same for the same seed', () => {
    expect(JSON.stringify(demoHouseholds(homes, today)) === JSON.stringify(households)).toBe(true);
  });
});
