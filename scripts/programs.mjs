// The programs that the tests start beside Node.js: where they are, and how they get there.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `commands`: the names it goes by, any of which will do; `package`: what brings it in Debian. */
const REDIS = { name: 'redis-server', commands: ['redis-server'], package: 'redis-server' };
const CHROMIUM = {
  name: 'Chromium (or Google Chrome)',
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  package: 'chromium',
};

/** A limit for what hangs; a browser's first start on a busy machine takes seconds. */
const VERSION_TIMEOUT_MS = 60_000;

const APT_OPTIONS = [
  ...['-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=30', '-o', 'Acquire::https::Timeout=30'],
  // Another apt may be at work, as on a machine that has just been started.
  ...['-o', 'DPkg::Lock::Timeout=300'],
];

function commandOnPath(command) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      if (folder !== '' && statSync(path).isFile()) return path;
    } catch {
      // Not here.
    }
  }
  return undefined;
}

/** Whether it starts at all: the Chromium that apt brings in Ubuntu is a script that fails without snap. */
const starts = (path) => spawnSync(path, ['--version'], { stdio: 'ignore', timeout: VERSION_TIMEOUT_MS }).status === 0;

const pathOf = ({ commands }) => commands.map(commandOnPath).find((path) => path !== undefined && starts(path));

/** The path of a Chromium that starts; undefined where there is none. */
export const chromiumPath = () => pathOf(CHROMIUM);

/** Installs what is missing, each by itself so that one can come without the other. Answers apt's chief complaints. */
function installByApt(programs) {
  const complaintOfApt = (complaint, ...args) => {
    const { error, stderr } = spawnSync('apt-get', ['-qq', ...APT_OPTIONS, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      // RUNLEVEL: apt asks no init script to start the server that it has installed.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    });
    return error ? error.message : complaint.exec(stderr)?.[1].replace(/\s+/g, ' ');
  };
  const install = ['install', '--yes', '--no-remove', '--no-install-recommends'];
  const complaints = [
    // An update that fails for one source of several is no reason to give up, but may explain what comes after.
    complaintOfApt(/^[EW]: (Failed to fetch .+?)\.?$/m, 'update'),
    ...programs.map((program) => complaintOfApt(/^E: (.+?)\.?$/m, ...install, program.package)),
  ];
  return [...new Set(complaints.filter(Boolean))];
}

const missingPrograms = () => [REDIS, CHROMIUM].filter((program) => pathOf(program) === undefined);
const list = (programs, of) => programs.map((program) => program[of]).join(' and ');

/**
 * Looks for the programs and, as root where there is apt, installs those that are missing. Answers one sentence that says what
 * to install when some are missing still; undefined when all are there.
 */
export function provide() {
  let missing = missingPrograms();
  let tried = '';
  if (missing.length > 0 && process.getuid?.() === 0 && commandOnPath('apt-get')) {
    console.error(`Installing ${list(missing, 'package')} by apt.`);
    const complaints = installByApt(missing);
    missing = missingPrograms();
    tried = ` and apt did not bring ${missing.length === 1 ? 'it' : 'them'}`;
    if (complaints.length > 0) tried += ` (${complaints.join('; ')})`;
  }
  if (missing.length === 0) return undefined;
  return (
    `The tests need ${list(missing, 'name')}${tried}; install what is missing ` +
    `(in Debian: ${list(missing, 'package')}) and run npm test again.`
  );
}
