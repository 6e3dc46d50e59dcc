import { defineConfig } from 'vitest/config'

/** The long ones: kill storms, soaks, a full disk. One at a time, since they measure and kill. */
export default defineConfig({
  test: {
    include: ['test/hard/**/*.test.ts'],
    globalSetup: ['./test/start-postgres.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 15 * 60_000,
    hookTimeout: 120_000,
  },
})
