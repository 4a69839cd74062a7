import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from '../../scripts/programs.mjs';

/** Starts the machine's Chromium. Without its sandbox, which it cannot have as root or in a container. */
export function startBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('Chromium is not installed (npm test installs it where it can).');
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...args] });
}
