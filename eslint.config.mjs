import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const environmentRead = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only src/config reads the environment.',
};
const defaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };
const passedOver = {
  selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo|failing)$/]',
  message: 'No test is passed over.',
};

export default tseslint.config(
  { ignores: ['dist', 'dist.*', 'node_modules', 'coverage', '.qonys', '**/fixtures/**'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'fetch', 'AbortSignal', 'setTimeout', 'Buffer', 'module', 'performance'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
  {
    files: ['web/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...[
            'document',
            'history',
            'location',
            'localStorage',
            'navigator',
            'URL',
            'URLSearchParams',
            'DOMParser',
            'CSS',
            'Event',
            'fetch',
            'FormData',
          ],
          ...['setTimeout', 'clearTimeout', 'addEventListener', 'print'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowRethrowing: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', environmentRead, defaultExport, passedOver],
    },
  },
  {
    // Controllers, modules and providers are classes without members by Nest's design.
    files: ['**/*.ts'],
    rules: { '@typescript-eslint/no-extraneous-class': 'off' },
  },
  { files: ['src/config/**'], rules: { 'no-restricted-syntax': ['error', defaultExport] } },
  { files: ['test/**', 'bench/**'], rules: { 'no-restricted-syntax': ['error', passedOver] } },
);
