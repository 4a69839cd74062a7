import { scaleBand } from 'd3-scale';
import type { VNode } from 'preact';
import type { PageContext } from '../site/page-context.js';
import { Legend, classBounds, classOf } from '../site/tile-map.js';
import { ChartFrame, sizeOf } from './figures.js';

export interface HeatRow {
  key: string;
  label: string;
  /** By column; null: no figure. */
  values: Readonly<Record<string, number | null>>;
}

export interface HeatMapProps {
  page: PageContext;
  /** Distinct on a page. */
  id: string;
  title: string;
  /** What the colours say, in a sentence. */
  description: string;
  groups: readonly { label: string | null; rows: readonly HeatRow[] }[];
  columns: readonly { key: string; label: string }[];
  inCell(value: number): string;
  /** Stands in a cell without a figure; a dash without it. */
  hidden?: string;
  /** Widths in the drawing's units: of the rows' names, and of a cell. */
  labelWidth: number;
  cellWidth: number;
}

const ROW = 32;
const HEAD = 26;

/** Rows and columns as shaded cells with their numbers, in up to five shades of one colour: no shade is told by its hue alone. */
export function HeatMap(props: HeatMapProps): VNode {
  const { page, id, title, description, groups, columns, inCell, hidden = '–', labelWidth, cellWidth } = props;
  const lines = groups.flatMap(({ label, rows }, group) => [
    ...(label === null ? [] : [`heading ${group}`]),
    ...rows.map(({ key }) => `row ${key}`),
  ]);
  const width = labelWidth + columns.length * cellWidth;
  const height = HEAD + lines.length * ROW;
  const x = scaleBand(
    columns.map(({ key }) => key),
    [labelWidth, width],
  ).paddingInner(0.04);
  const y = scaleBand(lines, [HEAD, height]).paddingInner(0.07);
  const middle = (line: string): number => y(line)! + y.bandwidth() / 2;
  const bounds = classBounds(
    groups
      .flatMap(({ rows }) => rows.flatMap(({ values }) => columns.map(({ key }) => values[key] ?? null)))
      .filter(known),
  );
  return (
    <figure class="chart">
      <ChartFrame label={page.t('page.analyst.picture', { title })}>
        <svg {...sizeOf(width, height)} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-desc`}>{description}</desc>
          {columns.map(({ key, label }) => (
            <text key={key} class="axis" x={x(key)! + x.bandwidth() / 2} y={HEAD - 9} text-anchor="middle">
              {label}
            </text>
          ))}
          {groups.map(({ label, rows }, group) => (
            <g key={group}>
              {label === null ? null : (
                <text class="heading" x="0" y={middle(`heading ${group}`)} dominant-baseline="central">
                  {label}
                </text>
              )}
              {rows.map(({ key, label: name, values }) => (
                <g key={key}>
                  <text class="axis" x="0" y={middle(`row ${key}`)} dominant-baseline="central">
                    {name}
                  </text>
                  {columns.map((column) => {
                    const value = values[column.key] ?? null;
                    return (
                      <g key={column.key} class={`tile ${value === null ? 'none' : `c${classOf(bounds, value)}`}`}>
                        <rect
                          x={x(column.key)}
                          y={y(`row ${key}`)}
                          width={x.bandwidth()}
                          height={y.bandwidth()}
                          rx="3"
                        />
                        <text
                          x={x(column.key)! + x.bandwidth() / 2}
                          y={middle(`row ${key}`)}
                          text-anchor="middle"
                          dominant-baseline="central"
                        >
                          {value === null ? hidden : inCell(value)}
                        </text>
                      </g>
                    );
                  })}
                </g>
              ))}
            </g>
          ))}
        </svg>
      </ChartFrame>
      <figcaption>
        <Legend page={page} bounds={bounds} inTile={inCell} none={false} />
      </figcaption>
    </figure>
  );
}

const known = (value: number | null): value is number => value !== null;
