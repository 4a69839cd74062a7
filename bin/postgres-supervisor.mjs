/**
 * Stands between Qonys and its embedded PostgreSQL, in a session of its own, so that a Ctrl-C in the terminal does not reach the
 * database before the program has finished with it, and so that the database is stopped when the program dies, even by SIGKILL:
 * then the channel to it closes. Takes one message (what to run), answers `ready` and `ended`.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';

const READY = 'database system is ready to accept connections';
/** PostgreSQL's "fast" shutdown (SIGINT) is a matter of a second; after this it is the "immediate" one (SIGQUIT). */
const FAST_SHUTDOWN_MS = 20_000;

let postgres;
let stopping = false;

process.once('message', ({ command, args, cwd, env, account, logPath }) => {
  if (stopping) process.exit(0);
  const log = openSync(logPath, 'w', 0o600);
  postgres = spawn(command, args, { cwd, env, ...account, stdio: ['ignore', 'ignore', 'pipe'] });
  if (stopping) stop();
  let ready = false;
  let complaint = '';
  postgres.stderr.on('data', (chunk) => {
    writeSync(log, chunk);
    if (ready) return;
    complaint = (complaint + chunk).slice(-8_000);
    if (!complaint.includes(READY)) return;
    ready = true;
    tell({ ready: true });
  });
  postgres.once('error', (error) => end(String(error)));
  postgres.once('close', (code, signal) => {
    closeSync(log);
    end(reasonIn(complaint) ?? `it ended with ${signal ?? `code ${code}`}`);
  });
});
process.once('disconnect', stop);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);

function stop() {
  stopping = true;
  if (postgres === undefined) {
    if (!process.connected) process.exit(0);
    return;
  }
  postgres.kill('SIGINT');
  setTimeout(() => postgres.kill('SIGQUIT'), FAST_SHUTDOWN_MS).unref();
}

function end(reason) {
  tell({ ended: reason });
  if (process.connected) process.disconnect();
}

/** The line in which PostgreSQL says why it ends: its last FATAL or PANIC, else its last line. */
function reasonIn(complaint) {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => /FATAL|PANIC/.test(line))?.replace(/^.*?(?:FATAL|PANIC): +/, '') ?? lines.at(-1);
}

function tell(message) {
  if (process.connected) process.send(message);
}
