/** Fewer households than this are not told beyond a centre: a person could be recognised. */
export const FEWEST_SHOWN = 5;

const isSmall = (count: number): boolean => count > 0 && count < FEWEST_SHOWN;

/**
 * Counts that add up to a total which is shown, with small ones (1 to 4) as null. Where only one would be hidden, or those
 * hidden are fewer than five together (a rest of 2 in two places is 1 and 1), they could be found by subtraction: the next
 * smallest is hidden with them.
 */
export function hideSmall(counts: readonly number[]): (number | null)[] {
  const hidden = counts.map(isSmall);
  const small = counts.filter(isSmall);
  const sum = small.reduce((all, count) => all + count, 0);
  if (small.length === 1 || (small.length > 1 && sum < FEWEST_SHOWN)) {
    const others = counts.map((count, index) => ({ count, index })).filter(({ count }) => count >= FEWEST_SHOWN);
    const next = others.sort((a, b) => a.count - b.count)[0];
    if (next !== undefined) hidden[next.index] = true;
  }
  return counts.map((count, index) => (hidden[index] ? null : count));
}

/** A table of counts with its sums: `sums[r]` of a row, `columnSums[c]` of a column, `total` of all. */
export interface SummedTable<Cell> {
  cells: Cell[][];
  sums: Cell[];
  columnSums: Cell[];
  total: Cell;
}

/**
 * Which places of a table of counts must be hidden (true) so that none of 1 to 4 is told, neither by itself nor by subtraction
 * along rows and columns, whose sums are shown unless they are hidden too.
 *
 * Taken as a graph of rows and columns (the sums are one more of each) whose edges are the hidden places, a hidden count can be
 * computed from the others exactly when its edge is on no circle. So every bridge gets a circle: the smallest other place that joins
 * its two sides is hidden with it, never an empty one, so that along the circle each count could as well be one more or one less.
 * And where the sum of a line is shown, what is hidden in it is never fewer than five together. (Cell suppression as in Willenborg
 * and de Waal, Elements of Statistical Disclosure Control, 2001, chapter 4; for exact values in a two-way table.)
 *
 * `behind`: where the numbers are no households (persons, tenge), how many households stand behind each place. One may stand behind
 * several places of a row, never of a column: of what is hidden together in a row at least one place must have enough.
 */
export function hiddenPlaces(
  counts: readonly (readonly number[])[],
  behind?: SummedTable<number>,
): SummedTable<boolean> {
  const columns = counts[0]?.length ?? 0;
  const whole = [...counts.map((row) => [...row, sumOf(row)])];
  whole.push(Array.from({ length: columns + 1 }, (_, c) => sumOf(whole.map((row) => row[c]!))));
  const households = behind === undefined ? whole : wholeOf(behind);
  const hidden = households.map((row) => row.map(isSmall));
  const inRow = behind === undefined ? sumOf : (parts: readonly number[]): number => Math.max(0, ...parts);
  const next = (): Place | undefined => thinLine({ whole, households, inRow }, hidden) ?? missingCircle(whole, hidden);
  for (let place = next(); place !== undefined; place = next()) hidden[place[0]]![place[1]] = true;
  const inner = hidden.slice(0, -1);
  return {
    cells: inner.map((row) => row.slice(0, -1)),
    sums: inner.map((row) => row.at(-1)!),
    columnSums: hidden.at(-1)!.slice(0, -1),
    total: hidden.at(-1)!.at(-1)!,
  };
}

const wholeOf = <Cell>({ cells, sums, columnSums, total }: SummedTable<Cell>): Cell[][] => [
  ...cells.map((row, r) => [...row, sums[r]!]),
  [...columnSums, total],
];

/** A table with what is hidden as null. */
export function shownTable<Cell>(table: SummedTable<Cell>, hidden: SummedTable<boolean>): SummedTable<Cell | null> {
  const show = (cell: Cell, isHidden: boolean): Cell | null => (isHidden ? null : cell);
  return {
    cells: table.cells.map((row, r) => row.map((cell, c) => show(cell, hidden.cells[r]![c]!))),
    sums: table.sums.map((cell, r) => show(cell, hidden.sums[r]!)),
    columnSums: table.columnSums.map((cell, c) => show(cell, hidden.columnSums[c]!)),
    total: show(table.total, hidden.total),
  };
}

/** A table of numbers with its sums. */
export function withSums(cells: readonly (readonly number[])[], columns: number): SummedTable<number> {
  const sums = cells.map(sumOf);
  const columnSums = Array.from({ length: columns }, (_, c) => sumOf(cells.map((row) => row[c]!)));
  return { cells: cells.map((row) => [...row]), sums, columnSums, total: sumOf(sums) };
}

type Place = readonly [row: number, column: number];

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

interface Weighed {
  whole: readonly number[][];
  /** Behind each place. */
  households: readonly number[][];
  /** Households, at least, behind some places of a row together. */
  inRow(parts: readonly number[]): number;
}

/** The place to hide in a line whose sum is shown and whose hidden places tell of fewer than five together; the sum itself where none is left. */
function thinLine({ whole, households, inRow }: Weighed, hidden: readonly boolean[][]): Place | undefined {
  const rows = whole.map((row, r) => row.map((_, c): Place => [r, c]));
  const columns = whole[0]!.map((_, c) => whole.map((_, r): Place => [r, c]));
  for (const [at, line] of [...rows, ...columns].entries()) {
    const [sum, parts] = [line.at(-1)!, line.slice(0, -1)];
    const isHidden = ([r, c]: Place): boolean => hidden[r]![c]!;
    const count = ([r, c]: Place): number => whole[r]![c]!;
    const together = at < rows.length ? inRow : sumOf;
    if (isHidden(sum) || !isSmall(together(parts.filter(isHidden).map(([r, c]) => households[r]![c]!)))) continue;
    const others = parts.filter((place) => !isHidden(place) && count(place) > 0).sort((a, b) => count(a) - count(b));
    return others[0] ?? sum;
  }
  return undefined;
}

/** The place that puts a hidden one on a circle, which is on none yet; undefined when all are. */
function missingCircle(whole: readonly number[][], hidden: readonly boolean[][]): Place | undefined {
  for (const [r, row] of hidden.entries()) {
    for (const [c, isHidden] of row.entries()) {
      if (!isHidden) continue;
      const side = sideOf(hidden, [r, c]);
      if (side.columns.has(c)) continue;
      const joins = whole
        .flatMap((counts, i) => counts.map((count, j) => ({ count, i, j })))
        .filter(({ count, i, j }) => count > 0 && !hidden[i]![j]! && side.rows.has(i) !== side.columns.has(j));
      const inner = joins.filter(({ i, j }) => i < whole.length - 1 && j < row.length - 1);
      const [next] = (inner.length > 0 ? inner : joins).sort((a, b) => a.count - b.count);
      if (next !== undefined) return [next.i, next.j];
    }
  }
  return undefined;
}

/** Rows and columns that can be reached from the row of a hidden place over the other hidden ones. */
function sideOf(hidden: readonly boolean[][], [row, column]: Place): { rows: Set<number>; columns: Set<number> } {
  const rows = new Set([row]);
  const columns = new Set<number>();
  for (let before = -1; before !== rows.size + columns.size;) {
    before = rows.size + columns.size;
    for (const [i, line] of hidden.entries()) {
      for (const [j, isHidden] of line.entries()) {
        if (!isHidden || (i === row && j === column)) continue;
        if (rows.has(i)) columns.add(j);
        if (columns.has(j)) rows.add(i);
      }
    }
  }
  return { rows, columns };
}
