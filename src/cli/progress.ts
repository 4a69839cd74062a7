import { Presets, SingleBar } from 'cli-progress';
import type { IngestProgress } from '../vacancies/ingest-report.js';

export interface ProgressBar {
  show(progress: IngestProgress): void;
  end(): void;
}

/** A bar on standard error while a file is read; nothing where nobody watches. */
export function ingestBar(interactive: boolean): ProgressBar {
  if (!interactive) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar(
    {
      format: '{stage} [{bar}] {value} of {total} vacancies, {rejected} rejected, {eta_formatted} left',
      stream: process.stderr,
      hideCursor: true,
      etaBuffer: 100,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show({ stage, read, rejected, expected }) {
      const total = Math.max(expected ?? read, 1);
      if (!started) bar.start(total, 0, { stage, rejected });
      started = true;
      bar.setTotal(total);
      bar.update(read, { stage, rejected });
    },
    end() {
      if (started) bar.stop();
    },
  };
}
