/**
 * Folders of src by level, lowest first. Imports go down only, and folders on one level do not import each other; files directly in
 * src import anything. The design's row 1 stands here in its own order: the database is configured, and queues may lie in it.
 */
const LEVELS = [
  ['shared'],
  ['config', 'i18n'],
  ['database'],
  ['queue'],
  ['outbox', 'channels', 'audit', 'reference'],
  ['auth', 'occupations', 'programme'],
  ['employers', 'households'],
  ['vacancies'],
  ['matching'],
  ['applications', 'allocation'],
  ['centres', 'notifications', 'outcomes', 'questions'],
  ['web', 'cli'],
];

const inside = (folders) => `^src/(${folders.join('|')})/`;

const levels = LEVELS.flatMap((level, index) =>
  level.map((folder) => ({
    name: `${folder}-imports-down`,
    comment: `src/${folder} imports only itself and levels below it.`,
    severity: 'error',
    from: { path: inside([folder]) },
    to: {
      path: inside(
        LEVELS.slice(index)
          .flat()
          .filter((other) => other !== folder),
      ),
    },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...levels,
    {
      name: 'known-folder',
      comment: 'A folder of src has a level.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: inside(LEVELS.flat()) },
      to: {},
    },
    {
      name: 'folders-import-no-entry',
      comment: 'Files directly in src import everything and are imported by none below them.',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'no-circular',
      comment: 'Types may refer to each other; what runs may not.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-core',
      comment: 'Cores are plain functions: no framework, database or queue.',
      severity: 'error',
      from: { path: '^src/([^/]+/core|shared)/', pathNot: '^src/shared/(access|permissions)\\.ts$|\\.spec\\.ts$' },
      to: { path: 'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis)/' },
    },
    {
      name: 'past-for-the-demo',
      comment:
        'Nothing but the loader of the demo acts as if at another instant; the clock that shows it is made where clocks are given out.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli/demo/|config/config\\.module\\.ts$|shared/past\\.spec\\.ts$)' },
      to: { path: '^src/shared/past\\.ts$' },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      from: { path: '^src', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '@types/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
