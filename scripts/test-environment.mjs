/** An installation's variables, which the caller of `npm test` may have set. */
const INSTALLATION =
  /^(QONYS_|DATABASE_|REDIS_|SMS_|SMTP_|MAIL_|QUEUE_|METRICS_|MATCH_|(LOG_LEVEL|PORT|WORKER_PORT|PUBLIC_URL|TRUST_PROXY|NOTICES_PER_SECOND|NOTICES_AT_ONCE)$)/;

/** The environment of the tests: the caller's, but nothing of an installation, and what Jest needs of Node. */
export function testEnvironment(environment) {
  const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => !INSTALLATION.test(name)));
  const options = [environment.NODE_OPTIONS, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  return { ...kept, NODE_OPTIONS: options.filter(Boolean).join(' ') };
}
