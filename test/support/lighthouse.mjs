// Measures a page as Lighthouse does on a phone (its default: simulated slow 4G and a quarter of the processor). Runs in a process
// of its own: `node test/support/lighthouse.mjs <url> [slowdown]` prints one JSON line: url, scores, what fell short, and how fast
// Lighthouse found this machine (its benchmark index).
import { once } from 'node:events';
import { createServer } from 'node:net';
import lighthouse, { defaultConfig } from 'lighthouse';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../../scripts/programs.mjs';

const port = await freePort();
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ['--no-sandbox', `--remote-debugging-port=${port}`],
});
try {
  const [url, slowdown] = process.argv.slice(2);
  const { lhr } = await lighthouse(url, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'],
    ...(slowdown && { throttling: { ...defaultConfig.settings.throttling, cpuSlowdownMultiplier: Number(slowdown) } }),
  });
  const scores = Object.fromEntries(
    Object.values(lhr.categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]),
  );
  const short = Object.values(lhr.audits)
    .filter(({ score }) => score !== null && score < 0.9)
    .map(({ id }) => id);
  console.log(JSON.stringify({ url, scores, short, machine: lhr.environment.benchmarkIndex }));
} finally {
  await browser.close();
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  server.close();
  await once(server, 'close');
  return free;
}
