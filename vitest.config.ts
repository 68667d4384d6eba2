import { defineConfig } from 'vitest/config';

// Unit, simulation and conformance tests. The tests in a real VS Code run by themselves (test/extension).
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/extension/**'],
    setupFiles: ['test/fixed-seed.ts'],
    pool: 'threads',
    testTimeout: 60_000,
  },
});
