export const isRoot = process.getuid?.() === 0;

/**
 * A test that needs root. For anybody else it does not exist, because one that is skipped counts as failed; `npm test` counts these very
 * calls, each at the beginning of a line, and says how many were left out (`scripts/root-only.mjs`).
 */
export function itAsRoot(name: string, work: Parameters<typeof it>[1]): void {
  if (isRoot) it(name, work);
}
