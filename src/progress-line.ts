/** A line about what is being done, on standard error: standard output carries results only. */
export function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
