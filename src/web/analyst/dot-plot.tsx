import { scaleSqrt } from 'd3-scale';
import type { VNode } from 'preact';
import type { PageContext } from '../site/page-context.js';
import { ChartFrame, sizeOf } from './figures.js';

export interface DotRow {
  key: string;
  label: string;
  /** 0 and more. */
  from: number;
  to: number;
}

const WIDTH = 322;
const MARGIN = 10;
const ROW = 40;
const AXIS = 26;
/** Signs of a name that fit above a line. */
const LABEL_SIGNS = 42;

/**
 * Two numbers of each row on one line: a square where people come from, a disc where they go to, told apart by form and not
 * by colour alone. The axis grows with the square root, so that small numbers stay apart beside large ones.
 */
export function DotPlot({
  page,
  id,
  title,
  description,
  rows,
  names,
}: {
  page: PageContext;
  id: string;
  title: string;
  description: string;
  rows: readonly DotRow[];
  names: { from: string; to: string };
}): VNode {
  const largest = Math.max(1, ...rows.flatMap(({ from, to }) => [from, to]));
  const x = scaleSqrt([0, largest], [MARGIN, WIDTH - MARGIN]).nice();
  const height = AXIS + rows.length * ROW + 4;
  return (
    <figure class="chart">
      <ChartFrame label={page.t('page.analyst.picture', { title })}>
        <svg {...sizeOf(WIDTH, height)} class="dots" role="img" aria-labelledby={`${id}-title ${id}-desc`}>
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-desc`}>{description}</desc>
          {ticksApart(x).map((tick) => (
            <g key={tick}>
              <line class="grid" x1={x(tick)} x2={x(tick)} y1={AXIS - 5} y2={height} />
              <text class="axis" x={x(tick)} y={AXIS - 9} text-anchor="middle">
                {page.number(tick)}
              </text>
            </g>
          ))}
          {rows.map(({ key, label, from, to }, index) => (
            <g key={key} transform={`translate(0 ${AXIS + index * ROW})`}>
              <text x="0" y="15">
                {label.length > LABEL_SIGNS ? `${label.slice(0, LABEL_SIGNS - 1).trimEnd()}…` : label}
              </text>
              <line class="span" x1={x(from)} x2={x(to)} y1="28" y2="28" />
              <rect class="from" x={x(from) - 5} y="23" width="10" height="10" />
              <circle class="to" cx={x(to)} cy="28" r="6" />
            </g>
          ))}
        </svg>
      </ChartFrame>
      <figcaption>
        <ul class="legend">
          <li>
            <Mark>
              <rect class="from" x="5" y="5" width="10" height="10" />
            </Mark>{' '}
            {names.from}
          </li>
          <li>
            <Mark>
              <circle class="to" cx="10" cy="10" r="6" />
            </Mark>{' '}
            {names.to}
          </li>
        </ul>
      </figcaption>
    </figure>
  );
}

function Mark({ children }: { children: VNode }): VNode {
  return (
    <svg class="swatch dots" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      {children}
    </svg>
  );
}

/** Ticks whose words do not touch: a square root crowds the large ones less than the small. */
function ticksApart(x: { ticks(count?: number): number[]; (value: number): number }): number[] {
  const kept: number[] = [];
  for (const tick of [...x.ticks(6)].reverse()) {
    const last = kept.at(-1);
    if (last === undefined || x(last) - x(tick) >= 34) kept.push(tick);
  }
  return kept.reverse();
}
