// Random rollouts. A failing seed prints itself: SEED=123 npx vitest run test/simulation
import { expect, test } from 'vitest';
import { allCheckers } from './checkers/all.ts';
import { playRollout } from './play-rollout.ts';
import { randomRollout } from './random-rollout.ts';

const only = process.env['SEED'];
const seeds = 1_000;

function checkSeed(seed: number): void {
  const rollout = randomRollout(seed);
  const { faults } = playRollout(rollout, allCheckers());
  if (faults.length > 0) expect.fail(`seed ${seed} (SEED=${seed} npx vitest run test/simulation)\n${faults.join('\n')}\n${describe(rollout)}`);
}

function describe({ actions, ...rollout }: ReturnType<typeof randomRollout>): string {
  return [JSON.stringify(rollout), ...actions.map(({ afterMs, action }) => `  +${afterMs} ms ${JSON.stringify(action)}`)].join('\n');
}

test.runIf(only)(`seed ${only}`, () => checkSeed(Number(only)));

const batch = 100;
test.skipIf(only).each(Array.from({ length: seeds / batch }, (_, i) => i * batch))(
  `${batch} random rollouts from seed %i keep every invariant`,
  (from) => {
    for (let seed = from; seed < from + batch; seed++) checkSeed(seed);
  },
  180_000,
);
