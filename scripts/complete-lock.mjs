// `node scripts/complete-lock.mjs` after an `npm install`: npm leaves optional packages for other platforms out of package-lock.json
// when the registry at hand does not have them, and `npm ci` then refuses the lock file (npm/cli#4828). This enters them, with the
// versions that their owners name. Nobody can tell their integrity without the registry that has them: `npm ci` fetches these
// few over TLS unchecked, and only on the platforms that they are for. With --check it only says which are missing, and which
// others are without integrity, and fails if any are.
import { readFileSync, writeFileSync } from 'node:fs';

const OS = ['darwin', 'win32', 'linux', 'android', 'freebsd', 'openharmony', 'sunos', 'aix'];
const CPU = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el'];

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));

/** Whether a package is found from where its owner lies: beside it, or in a node_modules above. */
function isLocked(owner, name) {
  for (let folder = owner; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true;
    if (folder === '') return false;
  }
}

function entryOf(name, version, owner) {
  const words = name.split(/[-/]/);
  const os = OS.find((word) => words.includes(word));
  const cpu = CPU.find((word) => words.includes(word));
  if (!os || !cpu || !/^\d/.test(version)) throw new Error(`Which platform is ${name}@${version} for?`);
  const libc = os === 'linux' ? /(musl|gnu|glibc)/.exec(name)?.[1] : undefined;
  return {
    version,
    cpu: [cpu],
    ...(owner.dev ? { dev: true } : {}),
    ...(libc ? { libc: [libc === 'musl' ? 'musl' : 'glibc'] } : {}),
    optional: true,
    os: [os],
  };
}

const optional = Object.entries(lock.packages).flatMap(([path, owner]) =>
  Object.entries(owner.optionalDependencies ?? {}).map(([name, version]) => ({ path, name, version, owner })),
);
const missing = optional.filter(({ path, name }) => !isLocked(path, name));

/** Whether an entry can only have been made here: of an optional package for some platform, as its owner names it. */
const isEntered = (path, { version, os, cpu }) =>
  os && cpu && optional.some((one) => `node_modules/${one.name}` === path && one.version === version);

if (process.argv.includes('--check')) {
  const faults = {
    'Not in package-lock.json': missing.map(({ name }) => name),
    'Without integrity in package-lock.json': Object.entries(lock.packages)
      .filter(([path, entry]) => path !== '' && !entry.link && !entry.integrity && !isEntered(path, entry))
      .map(([path]) => path),
  };
  const found = Object.entries(faults).filter(([, names]) => names.length > 0);
  for (const [fault, names] of found) console.error(`${fault}: ${names.join(', ')}.`);
  process.exit(found.length === 0 ? 0 : 1);
}
for (const { name, version, owner } of missing) lock.packages[`node_modules/${name}`] = entryOf(name, version, owner);
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${missing.length} packages entered.`);
