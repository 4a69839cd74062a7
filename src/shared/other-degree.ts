/**
 * One profession in two major groups of ISCO-08, by the degree: «медицинская сестра» and «акушерка» of a college are 3221 and 3222,
 * of a university 2221 and 2222, and people, employers and classifiers write either. They fit like one minor group, and a
 * person looks at the diploma first.
 */
export const OTHER_DEGREE: ReadonlyMap<string, string> = new Map([
  ['2221', '3221'],
  ['3221', '2221'],
  ['2222', '3222'],
  ['3222', '2222'],
]);
