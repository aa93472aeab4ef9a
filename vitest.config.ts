import { defineConfig } from 'vitest/config';

const POLL = { timeout: 5_000, interval: 20 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts', 'tests/unit/**/*.test.tsx'] } },
      {
        test: {
          name: 'long',
          include: ['tests/long/**/*.test.ts'],
          hookTimeout: 30_000,
          expect: { poll: POLL },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          expect: { poll: POLL },
        },
      },
    ],
  },
});
