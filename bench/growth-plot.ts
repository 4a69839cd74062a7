import { scaleLog } from 'd3-scale';
import type { GrowthPoint } from './growth.js';

const WIDTH = 760;
const HEIGHT = 460;
const FRAME = { left: 84, right: WIDTH - 150, top: 64, bottom: HEIGHT - 64 };
const COLOURS = ['#0b6e75', '#b3541e', '#5b4a9c'];

const counted = (count: number): string =>
  count >= 1_000_000 ? `${count / 1_000_000} M` : count >= 1_000 ? `${count / 1_000} k` : String(count);
const timed = (ms: number): string =>
  ms >= 1_000 ? `${Number((ms / 1_000).toPrecision(2))} s` : `${Number(ms.toPrecision(2))} ms`;
const powers = (from: number, to: number): number[] =>
  Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, i) => from * 10 ** i);
const below = (value: number): number => 10 ** Math.floor(Math.log10(value));
const above = (value: number): number => 10 ** Math.ceil(Math.log10(value));

/** Time against seekers, a line for each number of vacancies, both axes logarithmic: an SVG picture. */
export function growthPlot(points: readonly GrowthPoint[]): string {
  const seekers = points.map((point) => point.seekers);
  const times = points.map(({ searchMs }) => searchMs);
  const [fromX, toX] = [Math.min(...seekers), Math.max(...seekers)];
  const [fromY, toY] = [below(Math.min(...times)), above(Math.max(...times))];
  // Room at both sides, so that no figure stands on an axis.
  const x = scaleLog([fromX / 1.8, toX * 1.6], [FRAME.left, FRAME.right]);
  const y = scaleLog([fromY, toY], [FRAME.bottom, FRAME.top]);
  const gridX = [...new Set(seekers)].map(
    (count) =>
      `<line x1="${x(count)}" x2="${x(count)}" y1="${FRAME.top}" y2="${FRAME.bottom}"/>` +
      `<text x="${x(count)}" y="${FRAME.bottom + 20}" text-anchor="middle">${counted(count)}</text>`,
  );
  const gridY = powers(fromY, toY).map(
    (ms) =>
      `<line x1="${FRAME.left}" x2="${FRAME.right}" y1="${y(ms)}" y2="${y(ms)}"/>` +
      `<text x="${FRAME.left - 10}" y="${y(ms) + 4}" text-anchor="end">${timed(ms)}</text>`,
  );
  const lines = [...new Set(points.map(({ vacancies }) => vacancies))].map((vacancies, i) => {
    const line = points.filter((point) => point.vacancies === vacancies).sort((a, b) => a.seekers - b.seekers);
    const last = line.at(-1)!;
    const path = line.map((p) => `${x(p.seekers)},${y(p.searchMs)}`).join(' ');
    const colour = COLOURS[i % COLOURS.length]!;
    // Figures of the upper line stand above it, those of the lower one below.
    const shift = i === 0 ? 22 : -12;
    return (
      `<polyline fill="none" stroke="${colour}" stroke-width="2.5" points="${path}"/>` +
      line
        .map(
          (p) =>
            `<circle cx="${x(p.seekers)}" cy="${y(p.searchMs)}" r="4" fill="${colour}"/>` +
            `<text x="${x(p.seekers)}" y="${y(p.searchMs) + shift}" text-anchor="middle" fill="${colour}" stroke="#fff" stroke-width="4" paint-order="stroke">${timed(p.searchMs)}</text>`,
        )
        .join('') +
      `<text x="${FRAME.right + 14}" y="${y(last.searchMs) + 4}" fill="${colour}" font-weight="600">${counted(vacancies)} vacancies</text>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" role="img" aria-labelledby="title">
<title id="title">Time to find every seeker's best 20 vacancies, by the number of seekers</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${FRAME.left}" y="30" font-size="17" font-weight="600" fill="#1c2430">Every seeker's best 20 vacancies, exact, by two processes</text>
<g stroke="#d5dae1" stroke-width="1" fill="#4a5565">${[...gridX, ...gridY].join('\n').replaceAll('<text', '<text stroke="none"')}</g>
${lines.join('\n')}
<text x="${(FRAME.left + FRAME.right) / 2}" y="${HEIGHT - 18}" text-anchor="middle" fill="#1c2430">seekers (logarithmic)</text>
<text transform="translate(20 ${(FRAME.top + FRAME.bottom) / 2}) rotate(-90)" text-anchor="middle" fill="#1c2430">time (logarithmic)</text>
</svg>
`;
}
