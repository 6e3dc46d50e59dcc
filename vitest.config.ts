import { defineConfig } from 'vitest/config'

/** Tests that start a server or open a database. */
const integration = [
  'packages/server/test/*.test.ts',
  'packages/server/src/postgres/open-embedded-postgres.test.ts',
  'packages/server/test/{captioning,chain}/*.test.ts',
  'packages/cli/test/serve.test.ts',
  'test/exit-code/*.test.ts',
]

export default defineConfig({
  test: {
    pool: 'forks', // native libraries, the ONNX runtime above all, do not all survive the end of a thread
    maxWorkers: '100%', // by default one core stays idle
    testTimeout: 30_000,
    hookTimeout: 60_000,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'packages/*/test/**/*.test.ts',
            'test/*.test.ts',
          ],
          exclude: integration,
          // One process runs many of these files and imports what they share once.
          isolate: false,
          setupFiles: ['./test/expect-clean-process.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: integration,
          globalSetup: ['./test/start-postgres.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/*.test.ts'],
          globalSetup: ['./test/e2e/start-browser.ts'],
        },
      },
    ],
    coverage: {
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.*'],
      reporter: ['text-summary', 'html', 'json-summary'],
    },
  },
})
