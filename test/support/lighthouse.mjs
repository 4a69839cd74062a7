// Measures pages as Lighthouse does on a phone (its default: simulated slow 4G and a slowed processor). It runs in a process of its
// own: each line of standard input is a question `{"url", "slowdown"}`, each line of standard output its answer: url, scores, what
// fell short, and how fast Lighthouse found this machine (its benchmark index).
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import lighthouse, { defaultConfig } from 'lighthouse';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../../scripts/programs.mjs';

const port = await freePort();
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ['--no-sandbox', `--remote-debugging-port=${port}`],
});
try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { url, slowdown } = JSON.parse(line);
    console.log(JSON.stringify(await measure(url, slowdown)));
  }
} finally {
  await browser.close();
}

async function measure(url, slowdown) {
  const { lhr } = await lighthouse(url, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'],
    disableFullPageScreenshot: true,
    throttling: { ...defaultConfig.settings.throttling, cpuSlowdownMultiplier: slowdown },
  });
  const scores = Object.fromEntries(
    Object.values(lhr.categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]),
  );
  const short = Object.values(lhr.audits)
    .filter(({ score }) => score !== null && score < 0.9)
    .map(({ id }) => id);
  return { url, scores, short, machine: lhr.environment.benchmarkIndex };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  server.close();
  await once(server, 'close');
  return free;
}
