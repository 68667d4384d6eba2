import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateCommand } from '../../server/src/cli/simulate/simulate.ts';
import { boat, boats, deployment, folderWith, run } from './command-line.ts';

const timeless = (json: string) => JSON.parse(json, (key, value: unknown) => (key === 'wallMs' ? undefined : value)) as Record<string, never>;

test('a rollout: how long it took, how many pods there were on the way', async () => {
  const folder = folderWith({ 'a.yaml': deployment('web', 'nginx:1.25', 4), 'b.yaml': deployment('web', 'nginx:1.26', 4) });
  const { stdout, code } = await run(simulateCommand, join(folder, 'a.yaml'), '--then', join(folder, 'b.yaml'), '--json');
  expect(code).toBe(0);
  expect(timeless(stdout)).toMatchObject({
    seed: 1,
    nodes: 3,
    steps: [
      { objects: [{ object: 'deployment.apps/web', result: 'created' }], settled: true, rollouts: [{ revision: 1, state: 'complete', mostPods: 4 }] },
      // 25 % of 4 is one pod more and one pod less.
      { objects: [{ object: 'deployment.apps/web', result: 'configured' }], rollouts: [{ revision: 2, state: 'complete', mostPods: 5, fewestReady: 3 }] },
    ],
    objects: { 'deployments.apps': 1, 'replicasets.apps': 2, pods: 4 },
  });
});

test('the same files and seed give the same answer', async () => {
  const path = join(folderWith({ 'a.yaml': deployment('web', 'nginx:1.25', 20) }), 'a.yaml');
  const [one, again, other] = await Promise.all([simulated(path, '--seed', '7'), simulated(path, '--seed', '7'), simulated(path, '--seed', '8')]);
  expect(timeless(one)).toEqual(timeless(again));
  expect(timeless(one)['steps']).not.toBeUndefined();
  expect(timeless(other)['seed']).toBe(8);
});

const simulated = async (path: string, ...more: string[]) => (await run(simulateCommand, path, '--json', ...more)).stdout;

test('a rollout that does not get there fails, and says why', async () => {
  const stuck = deployment('web', 'nginx:1.25', 2, '\n  progressDeadlineSeconds: 5').replace(
    'metadata: {labels: {app: web}}',
    'metadata: {labels: {app: web}, annotations: {drydock.dev/fault: image-pull}}',
  );
  const { stdout, code } = await run(simulateCommand, join(folderWith({ 'a.yaml': stuck }), 'a.yaml'));
  expect(stdout).toMatch(/default\/web revision 1: stalled \(.*\); at most 2 pods wanted, at least 0 ready/);
  expect(code).toBe(1);
});

test('a file with errors is not applied', async () => {
  const folder = folderWith({ 'bad.yaml': deployment('web').replace('replicas: 2', 'replicas: -2') });
  const { stdout, stderr, code } = await run(simulateCommand, join(folder, 'bad.yaml'));
  expect(stdout).toBe('');
  expect(stderr).toContain('must be greater than or equal to 0');
  expect(code).toBe(1);
});

test('what only the cluster knows is refused by the cluster', async () => {
  const folder = folderWith({ 'a.yaml': deployment('web'), 'b.yaml': deployment('web').replaceAll('app: web', 'app: other') });
  const { stdout, code } = await run(simulateCommand, join(folder, 'a.yaml'), '--then', join(folder, 'b.yaml'));
  expect(stdout).toContain('deployment.apps/web refused: Deployment.apps "web" is invalid: spec.selector: Invalid value: ');
  expect(stdout).toContain('field is immutable');
  expect(code).toBe(1);
});

test('custom resources: beside their definition, after it, and without it', async () => {
  const folder = folderWith({ 'both.yaml': `${boat('a', 1)}---\n${boats}`, 'more.yaml': boat('b', 2) });
  const both = await run(simulateCommand, join(folder, 'both.yaml'), '--then', join(folder, 'more.yaml'));
  expect(both.stdout).toContain('boat.sea.example.com/a created');
  expect(both.stdout).toContain('boat.sea.example.com/b created');
  expect(both.stdout).toContain('In the end: 1 customresourcedefinitions.apiextensions.k8s.io, 2 boats.sea.example.com.');
  expect(both.code).toBe(0);
  const alone = await run(simulateCommand, join(folder, 'more.yaml'));
  expect(alone.stdout).toContain('boat.sea.example.com/b refused: no matches for kind "Boat" in version "sea.example.com/v1"');
  expect(alone.code).toBe(1);
});

test.each<[string[], string]>([
  [[], 'simulate needs a FILE'],
  [['a.yaml', 'b.yaml'], 'simulate takes one file and --then for the next: simulate a.yaml --then b.yaml'],
  [['a.yaml', '--nodes', '0'], '--nodes takes a whole number from 1 to 5000, not "0"'],
  [['a.yaml', '--seed', 'x'], '--seed takes a whole number from 0 to 2147483647, not "x"'],
  [['a.yaml', '--fast'], "Unknown option '--fast'"],
])('%j is a mistake', async (args, message) => {
  expect(await run(simulateCommand, ...args)).toEqual({ stdout: '', stderr: `drydock: ${message}\n`, code: 2 });
});
