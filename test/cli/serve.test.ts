import { expect, test } from 'vitest';
import { serve } from '../../server/src/cli/serve.ts';
import { run } from './command-line.ts';

test.each([
  [['--profile', 'minikube'], 'serve needs --kubeconfig FILE: where to write how the cluster is reached'],
  [['--kubeconfig', 'config', '--profile', 'kind'], '--profile takes plain or minikube, not "kind"'],
  [['--kubeconfig', 'config', '--speed', '0'], '--speed takes a number above 0 and up to 1000000, or max, not "0"'],
])('serve %j says what is wrong', async (args, message) => {
  expect(await run(serve, ...args)).toEqual({ stdout: '', stderr: `drydock: ${message}\n`, code: 2 });
});
