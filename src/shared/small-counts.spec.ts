import fc from 'fast-check';
import { FEWEST_SHOWN, type SummedTable, hiddenPlaces } from './small-counts.js';

const table = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(([rows, columns]) =>
  fc.array(
    fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 5, max: 60 })), {
      minLength: columns,
      maxLength: columns,
    }),
    { minLength: rows, maxLength: rows },
  ),
);

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** The whole table with its sums as one list of rows. */
function withSums(counts: readonly (readonly number[])[]): number[][] {
  const rows = counts.map((row) => [...row, sum(row)]);
  return [...rows, rows[0]!.map((_, c) => sum(rows.map((row) => row[c]!)))];
}

const placesOf = ({ cells, sums, columnSums, total }: SummedTable<boolean>): boolean[][] => [
  ...cells.map((row, r) => [...row, sums[r]!]),
  [...columnSums, total],
];

/**
 * An attacker's computation: of the unknowns that the lines leave, those whose value is the same in every solution (Gauss-Jordan over
 * the equations of rows and columns).
 */
function computable(hidden: readonly boolean[][]): string[] {
  const unknowns = hidden.flatMap((row, r) => row.flatMap((is, c) => (is ? [[r, c] as const] : [])));
  const [last, lastColumn] = [hidden.length - 1, hidden[0]!.length - 1];
  const equations: number[][] = [
    ...hidden.map((_, line) => unknowns.map(([r, c]) => (r !== line ? 0 : c === lastColumn ? -1 : 1))),
    ...hidden[0]!.map((_, line) => unknowns.map(([r, c]) => (c !== line ? 0 : r === last ? -1 : 1))),
  ];
  const free = new Set(unknowns.keys());
  const solved: number[][] = [];
  for (const column of unknowns.keys()) {
    const at = equations.findIndex((row) => Math.abs(row[column]!) > 1e-9);
    if (at < 0) continue;
    const [found] = equations.splice(at, 1);
    const pivot = found!.map((value) => value / found![column]!);
    const clear = (row: number[]): number[] => row.map((value, i) => value - row[column]! * pivot[i]!);
    equations.forEach((row, i) => (equations[i] = clear(row)));
    solved.forEach((row, i) => (solved[i] = clear(row)));
    solved.push(pivot);
    free.delete(column);
  }
  return solved
    .filter((row) => [...free].every((column) => Math.abs(row[column]!) < 1e-9))
    .map((row) => String(unknowns[row.findIndex((value) => Math.abs(value - 1) < 1e-9)]!));
}

describe('small counts of a table', () => {
  it('stand where nothing is small', () => {
    const { cells, total } = hiddenPlaces([
      [5, 0],
      [12, 40],
    ]);
    expect([cells.flat(), total]).toEqual([[false, false, false, false], false]);
  });

  it('take the smallest others with them', () => {
    expect(
      hiddenPlaces([
        [3, 20, 30],
        [40, 9, 50],
        [60, 70, 80],
      ]).cells,
    ).toEqual([
      [true, true, false],
      [true, true, false],
      [false, false, false],
    ]);
  });

  it('hide their sum where they are all there is', () => {
    const { cells, sums, columnSums, total } = hiddenPlaces([[2], [90]]);
    expect({ cells, sums, columnSums, total }).toEqual({
      cells: [[true], [true]],
      sums: [true, true],
      columnSums: [false],
      total: false,
    });
  });

  it('are never told, nor to be computed from what is shown', () => {
    fc.assert(
      fc.property(table, (counts) => {
        const hidden = placesOf(hiddenPlaces(counts));
        const whole = withSums(counts);
        whole.forEach((row, r) =>
          row.forEach((count, c) => {
            if (count > 0 && count < FEWEST_SHOWN) expect(hidden[r]![c]).toBe(true);
          }),
        );
        expect(computable(hidden)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('are at least five together in each line whose sum is shown, and no empty place is hidden for them', () => {
    fc.assert(
      fc.property(table, (counts) => {
        const hidden = placesOf(hiddenPlaces(counts));
        const whole = withSums(counts);
        hidden.forEach((row, r) => row.forEach((is, c) => expect(!is || whole[r]![c]! > 0).toBe(true)));
        hidden.forEach((row, r) => {
          const inside = sum(row.slice(0, -1).map((is, c) => (is ? whole[r]![c]! : 0)));
          if (!row.at(-1) && inside > 0) expect(inside).toBeGreaterThanOrEqual(FEWEST_SHOWN);
        });
      }),
    );
  });

  it('are told by households where the numbers are persons or money: neither one place nor what is hidden together', () => {
    const several = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 4 })).chain(([rows, columns]) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );
    fc.assert(
      fc.property(several, (behind) => {
        // The households of a row are the same ones again, as far as they go; those of two rows are others.
        const ofRow = behind.map((row) => Math.max(...row));
        const ofColumn = behind[0]!.map((_, c) => sum(behind.map((row) => row[c]!)));
        const hidden = placesOf(
          hiddenPlaces(
            behind.map((row) => row.map((count) => count * 3)),
            { cells: behind, sums: ofRow, columnSums: ofColumn, total: sum(ofRow) },
          ),
        );
        const whole = [...behind.map((row, r) => [...row, ofRow[r]!]), [...ofColumn, sum(ofRow)]];
        whole.forEach((row, r) =>
          row.forEach((count, c) => {
            if (count > 0 && count < FEWEST_SHOWN) expect(hidden[r]![c]).toBe(true);
          }),
        );
        hidden.forEach((row, r) => {
          const together = Math.max(0, ...row.slice(0, -1).map((is, c) => (is ? whole[r]![c]! : 0)));
          if (!row.at(-1) && together > 0) expect(together).toBeGreaterThanOrEqual(FEWEST_SHOWN);
        });
        expect(computable(hidden)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('the attack finds what a hiding without others would give away', () => {
    expect(
      computable([
        [true, false, false],
        [false, false, false],
      ]),
    ).toEqual(['0,0']);
  });
});
