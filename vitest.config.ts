import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

const isolated = 'tests/unit/**/*.isolated.test.ts'

export default defineConfig({
  resolve: {
    alias: [{ find: /^@\//, replacement: root }],
  },
  test: {
    env: { NODE_ENV: 'test' },
    // What a test needs in a second takes several where all cores are busy.
    testTimeout: 30_000,
    // Files of a worker share its modules, which take longer to load than most files to run.
    isolate: false,
    maxWorkers: 2,
    setupFiles: ['tests/support/vitest/no-console.ts', 'tests/support/vitest/environment.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], exclude: [isolated] } },
      // A module that a file replaces must not have been loaded before it, nor stay for the next.
      { extends: true, test: { name: 'unit-isolated', include: [isolated], isolate: true } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.{ts,tsx}'],
          globalSetup: ['tests/support/vitest/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
