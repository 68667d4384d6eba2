// Budget: a keystroke's diagnostics within 10 ms (p95) in a file of 50,000 lines. The figures are printed.
import { expect, test } from 'vitest';
import { measureDiagnostics } from '../../server/src/cli/bench/diagnostics.ts';

test.each([1_000, 10_000, 50_000])('keystroke → diagnostics in %i lines', (lines) => {
  measureDiagnostics(lines, 100);
  const { openMs, p50Ms, p95Ms, maxMs } = measureDiagnostics(lines, 600);
  console.log(`${lines} lines: open ${openMs.toFixed(0)} ms, keystroke p50 ${p50Ms.toFixed(2)} ms, p95 ${p95Ms.toFixed(2)} ms, longest ${maxMs.toFixed(2)} ms`);
  expect(p95Ms).toBeLessThan(10);
});
