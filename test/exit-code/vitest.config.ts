import { defineConfig } from 'vitest/config'

/** A run as that of all tests, but of one test that fails: see `exit-code.test.ts`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['failing.ts'],
    globalSetup: ['../start-postgres.ts'],
    pool: 'forks',
  },
})
