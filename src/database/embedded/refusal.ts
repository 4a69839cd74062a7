/** Why the embedded database cannot run, in one sentence for the person at the terminal. */
export class EmbeddedRefusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'EmbeddedRefusal';
  }
}

/** The operating system's code of an error (`EACCES` …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'a file stands in its place',
  EDQUOT: 'the disk quota is used up',
};

/** Runs `work` over the home folder; a refusal of the operating system becomes one sentence that names the folder. */
export async function plainly<Result>(home: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const reason = REASONS[systemCode(error) ?? ''];
    if (reason === undefined) throw error;
    const path = (error as { path?: unknown }).path;
    const where = typeof path === 'string' && path !== home ? `${home} (${reason}: ${path})` : `${home} (${reason})`;
    throw new EmbeddedRefusal(`Qonys cannot use its data folder ${where}; set QONYS_HOME to another folder.`);
  }
}
