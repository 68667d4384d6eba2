// Cost follows change: a pod among many costs what it costs among few. `drydock bench` measures against the budgets; here the growth
// is guarded, first by what can be counted and then, generously, by the clock.
import { expect, test } from 'vitest';
import { benchRollout, benchRolloutMedian } from '../../server/src/cli/bench/rollout.ts';

test('[B1] commits a pod do not grow with the number of pods', () => {
  const [few, many] = [benchRollout(100), benchRollout(1_000)];
  expect(many.commits / many.pods).toBeLessThan((few.commits / few.pods) * 1.05);
});

test('[B2] a rollout takes no longer in virtual time, however many pods roll', () => {
  // Image pulls differ a little from node to node.
  expect(benchRollout(800).virtualMs).toBeLessThan(benchRollout(100).virtualMs * 1.1);
});

test('[B3] CPU a pod does not grow with the number of pods', () => {
  const [few, many] = [benchRolloutMedian(100), benchRolloutMedian(2_000)];
  // 1.3 is the budget on a quiet machine; this one runs beside other tests.
  expect(many.cpuMsPerPod).toBeLessThan(few.cpuMsPerPod * 2);
}, 120_000);
