import { writeFileSync } from 'node:fs';
import { fromRoot } from '../src/config/paths.js';
import { growthPlot } from './growth-plot.js';
import { searchByProcesses } from './scale-processes.js';

/** One size of the market: exact top-20 of every seeker by two processes. */
export interface GrowthPoint {
  seekers: number;
  vacancies: number;
  searchMs: number;
  seekersPerSecond: number;
  scoredPairsPerSeeker: number;
  estimatedPairsPerSeeker: number;
  peakRssMb: number;
}

/** A hundredth, a tenth and all of the seekers × a tenth and all of the vacancies; draws them into `bench/growth.svg`. */
export async function benchGrowth(seekers: number, vacancies: number): Promise<GrowthPoint[]> {
  const points: GrowthPoint[] = [];
  for (const posts of [vacancies / 10, vacancies].map(Math.ceil)) {
    for (const people of [seekers / 100, seekers / 10, seekers].map(Math.ceil)) {
      const rounds = people * 10 > seekers ? 1 : 3;
      const run = await searchByProcesses(2, people, posts, people, rounds);
      points.push({
        seekers: people,
        vacancies: posts,
        searchMs: run.searchMs.median,
        seekersPerSecond: run.seekersPerSecond,
        scoredPairsPerSeeker: run.scoredPairsPerSeeker,
        estimatedPairsPerSeeker: run.estimatedPairsPerSeeker,
        peakRssMb: run.peakRssMb,
      });
    }
  }
  writeFileSync(fromRoot('bench', 'growth.svg'), growthPlot(points));
  return points;
}
