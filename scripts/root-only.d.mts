export function leftOut(files: readonly string[], uid: number | undefined): string | null;
