// What must say the same in several places: the words of the three languages, and the test command of README and .ci/run.
import { readFileSync } from 'node:fs';

const faults = [];

const [kk, ru, en] = await Promise.all(
  ['kk', 'ru', 'en'].map(async (language) => {
    const words = Object.values(await import(`../dist/src/i18n/locales/${language}.js`))[0];
    return { language, keys: new Set(Object.keys(words)) };
  }),
);
if (en.keys.size === 0) faults.push('The locale en has no words.');
for (const one of [kk, ru, en]) {
  for (const other of [kk, ru, en]) {
    const missing = [...one.keys].filter((key) => !other.keys.has(key));
    if (missing.length > 0) faults.push(`In ${one.language} but not in ${other.language}: ${missing.join(', ')}`);
  }
}

const testCommand = 'npm ci && npm test';
for (const file of ['README.md', '.ci/run']) {
  const lines = readFileSync(file, 'utf8').split('\n');
  if (!lines.includes(testCommand)) faults.push(`${file} has no line "${testCommand}".`);
}

for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
