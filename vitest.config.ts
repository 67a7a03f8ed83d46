import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/build.ts',
    // Most of them wait for processes, a browser or a clock, so two at a time keep one core busy.
    maxWorkers: 2,
    // Real processes and a real file watcher on a busy machine; nothing here measures time. Milliseconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'adapters/**/*.ts'],
      reporter: ['text', 'html'],
      reportOnFailure: true,
    },
  },
})
