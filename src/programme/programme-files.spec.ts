import { readFileSync } from 'node:fs';
import { fromRoot } from '../config/paths.js';
import { SEED_TABLE_1 } from './groupings.js';

interface VersionFile {
  validFrom: string;
  validTo: string | null;
  departure: Record<'verified' | 'unverified', string[]>;
  reception: Record<'verified' | 'unverified', string[]>;
}
interface QuotaFile {
  regional: { year: number; regionCode: string; category: 'settlers' | 'kandas'; validFrom: string; persons: number }[];
  national: { year: number; validFrom: string | null; settlers: number; kandas: number; regionalSplit: boolean }[];
}

const read = <File>(name: string): File =>
  JSON.parse(readFileSync(fromRoot('data', 'programme', name), 'utf8')) as File;
const versions = read<VersionFile[]>('versions.json');
const quotas = read<QuotaFile>('quotas.json');

describe('programme versions', () => {
  it('follow one another without a gap, and the last has no end', () => {
    for (const [at, version] of versions.entries()) expect(version.validTo).toBe(versions[at + 1]?.validFrom ?? null);
  });

  it('never name a region twice nor as both sides', () => {
    for (const { departure, reception } of versions) {
      const all = [departure, reception].flatMap((list) => [...list.verified, ...list.unverified]);
      expect(new Set(all).size).toBe(all.length);
    }
  });
});

describe('quotas', () => {
  it('of the regions add up to the published totals', () => {
    const split = quotas.national.filter(({ regionalSplit }) => regionalSplit);
    expect(split.map(({ year }) => year)).toEqual([2023, 2025, 2026]);
    for (const total of split) {
      for (const category of ['settlers', 'kandas'] as const) {
        const rows = quotas.regional.filter(
          (row) => row.year === total.year && row.validFrom === total.validFrom && row.category === category,
        );
        expect(rows.reduce((sum, row) => sum + row.persons, 0)).toBe(total[category]);
      }
    }
  });

  it('for settlers go only to regions that receive them', () => {
    for (const quota of quotas.regional.filter(({ category }) => category === 'settlers')) {
      const version = versions.findLast(({ validFrom }) => validFrom <= quota.validFrom);
      expect([...version!.reception.verified, ...version!.reception.unverified]).toContain(quota.regionCode);
    }
  });
});

it('the paper’s Table 1 has six rows in the north, five in the south and Astana alone', () => {
  expect([SEED_TABLE_1.north.length, SEED_TABLE_1.south.length]).toEqual([6, 5]);
  expect([...SEED_TABLE_1.north, ...SEED_TABLE_1.south]).not.toContain('KZ-71');
});
