import type { VNode } from 'preact';
import type { PageContext } from './page-context.js';
import { REGION_TILES } from './region-tiles.js';

const TILE = 56;
const STEP = 60;
const CLASSES = 5;
const COLUMNS = 1 + Math.max(...REGION_TILES.map(({ column }) => column));
const ROWS = 1 + Math.max(...REGION_TILES.map(({ row }) => row));

export interface TileMapProps {
  page: PageContext;
  /** Distinct on a page; names of the picture's parts are made from it. */
  id: string;
  title: string;
  /** What the colours say, in a sentence, for those who cannot see them. */
  description: string;
  /** By region code; a region that is missing or null has no figure. */
  values: Readonly<Record<string, number | null>>;
  /** A value as it stands in a tile: short. */
  inTile(value: number): string;
  /** The region's full name, for its link and its title. */
  nameOf(code: string): string;
  /** Where a tile leads; null: nowhere. */
  hrefOf(code: string): string | null;
  /** A region that the reader should find at once, such as their own. */
  marked?: string | null;
}

/**
 * The regions as tiles, coloured in up to five classes of about equal numbers of regions. The same numbers must stand in a
 * table beside it: the picture is for those who see it.
 */
export function TileMap(props: TileMapProps): VNode {
  const { page, id, title, description, values, inTile, nameOf, hrefOf, marked } = props;
  const bounds = classBounds(Object.values(values).filter((value) => value !== null));
  return (
    <figure class="tile-map">
      <svg
        viewBox={`0 0 ${COLUMNS * STEP} ${ROWS * STEP}`}
        width={COLUMNS * STEP * 1.4}
        height={ROWS * STEP * 1.4}
        role="group"
        aria-labelledby={`${id}-title ${id}-desc`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{description}</desc>
        {REGION_TILES.map(({ code, column, row, short }) => {
          const value = values[code] ?? null;
          const said = value === null ? page.t('page.regions.no_figure') : inTile(value);
          const tile = (
            <g
              class={`tile ${value === null ? 'none' : `c${classOf(bounds, value)}`}${code === marked ? ' marked' : ''}`}
              transform={`translate(${column * STEP + 2} ${row * STEP + 2})`}
            >
              <rect width={TILE} height={TILE} rx="5" />
              <text x={TILE / 2} y="23" text-anchor="middle">
                {short[page.language]}
              </text>
              <text x={TILE / 2} y="42" text-anchor="middle" class="value">
                {value === null ? '–' : inTile(value)}
              </text>
            </g>
          );
          const href = hrefOf(code);
          return href === null ? (
            tile
          ) : (
            <a key={code} href={href}>
              <title>{`${nameOf(code)}: ${said}`}</title>
              {tile}
            </a>
          );
        })}
      </svg>
      <figcaption>
        <Legend
          page={page}
          bounds={bounds}
          inTile={inTile}
          none={REGION_TILES.some(({ code }) => (values[code] ?? null) === null)}
        />
      </figcaption>
    </figure>
  );
}

/** What each shade stands for, beside a picture of shaded cells. */
export function Legend({
  page,
  bounds,
  inTile,
  none,
}: Pick<TileMapProps, 'page' | 'inTile'> & { bounds: readonly Bounds[]; none: boolean }): VNode {
  const swatch = (kind: string): VNode => (
    <svg class="swatch" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <g class={`tile ${kind}`}>
        <rect x="1" y="1" width="18" height="18" rx="3" />
      </g>
    </svg>
  );
  return (
    <ul class="legend">
      {bounds.map(({ least, most, shade }) => (
        <li key={shade}>
          {swatch(`c${shade}`)} {least === most ? inTile(least) : `${inTile(least)} – ${inTile(most)}`}
        </li>
      ))}
      {none ? (
        <li>
          {swatch('none')} {page.t('page.regions.no_figure')}
        </li>
      ) : null}
    </ul>
  );
}

export interface Bounds {
  least: number;
  most: number;
  /** 0 (least) to 4 (most). */
  shade: number;
}

/** Up to five classes, each with about as many values as the others; equal values are never parted. */
export function classBounds(values: readonly number[]): Bounds[] {
  const sorted = [...values].sort((a, b) => a - b);
  const classes: number[][] = [];
  for (const [index, value] of sorted.entries()) {
    const wished = Math.floor((index * CLASSES) / sorted.length);
    const last = classes.at(-1);
    if (last === undefined || (last.at(-1) !== value && wished >= classes.length)) classes.push([value]);
    else last.push(value);
  }
  const step = classes.length > 1 ? (CLASSES - 1) / (classes.length - 1) : 0;
  return classes.map((members, index) => ({
    least: members[0]!,
    most: members.at(-1)!,
    shade: classes.length === 1 ? 2 : Math.round(index * step),
  }));
}

/** The shade of a value. */
export function classOf(bounds: readonly Bounds[], value: number): number {
  return bounds.find(({ most }) => value <= most)?.shade ?? CLASSES - 1;
}
