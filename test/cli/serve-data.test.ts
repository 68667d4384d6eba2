// drydock serve --data: a served cluster outlives its process.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { deployment } from '../cluster/registry/support/api.ts';
import { buildProgram, ServedProgram } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'drydock-data-'));
const kubeconfig = join(folder, 'config');
let program: string;

beforeAll(async () => void (program = await buildProgram('main.ts', join(folder, 'drydock.mjs'))), 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const file = (data: string) => join(folder, data, 'cluster.drydock');

async function serve(data: string, ...args: readonly string[]): Promise<ServedProgram> {
  const served = await ServedProgram.start(program, kubeconfig, ['--data', join(folder, data), ...args]);
  onTestFinished(() => void served.child.kill('SIGKILL'));
  return served;
}

const namespace = '/apis/apps/v1/namespaces/default/deployments';
const clock = (served: ServedProgram, command: object) => served.ask('POST', '/drydock/clock', command);
const setImage = (served: ServedProgram, image: string) =>
  served.ask('PATCH', `${namespace}/web`, { spec: { template: { spec: { containers: [{ name: 'web', image }] } } } }, 'application/strategic-merge-patch+json');

/** All that clients can see of the rollout. */
const seen = async (served: ServedProgram) => [
  await served.ask('GET', '/api/v1/pods'),
  await served.ask('GET', '/apis/apps/v1/replicasets'),
  await served.ask('GET', '/api/v1/events'),
  await served.ask('GET', '/drydock/clock'),
];

test('[SD1] stopped in the middle of a rollout, it goes on as one that was not', async () => {
  const first = await serve('rollout', '--seed', '3');
  await clock(first, { do: 'pause' });
  await first.ask('POST', namespace, deployment('web', { replicas: 5 }));
  await clock(first, { do: 'settle', quietMs: 3_000 });
  await setImage(first, 'nginx:1.28');
  await clock(first, { do: 'advance', ms: 1_200 });
  const before = await seen(first);
  const { resourceVersion } = before[0].metadata;
  const token = await first.ask('POST', '/api/v1/namespaces/default/serviceaccounts/default/token', {});
  expect(await first.stop()).toMatchObject({ code: 0, stderr: 'drydock: stopping (SIGTERM)\n' });
  expect(statSync(file('rollout')).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'rollout'))).toEqual(['cluster.drydock']);
  // One goes on at once, the other is stopped once more on its way.
  cpSync(join(folder, 'rollout'), join(folder, 'twin'), { recursive: true });

  const second = await serve('rollout');
  expect(await seen(second)).toEqual(before);
  const events = await second.ask('GET', `/api/v1/pods?watch=true&resourceVersion=${resourceVersion}&timeoutSeconds=1&limit=1`).catch(() => 'no change');
  expect(events).toBe('no change');
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token: token.status.token } };
  expect((await second.ask('POST', '/apis/authentication.k8s.io/v1/tokenreviews', review)).status.authenticated).toBe(true);
  await clock(second, { do: 'advance', ms: 60_000 });
  const end = await seen(second);
  expect((await second.ask('GET', `${namespace}/web`)).status).toMatchObject({ updatedReplicas: 5, availableReplicas: 5 });
  await second.stop();

  const third = await serve('twin');
  await clock(third, { do: 'advance', ms: 300 });
  await third.stop();
  const fourth = await serve('twin');
  await clock(fourth, { do: 'advance', ms: 59_700 });
  expect(await seen(fourth)).toEqual(end);
  await fourth.stop();
}, 120_000);

test('[SD2] a process that is killed leaves what was saved last', async () => {
  const first = await serve('killed');
  await first.ask('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'kept' }, data: { a: '1' } });
  const { mtimeMs } = statSync(file('killed'));
  await expect.poll(() => statSync(file('killed')).mtimeMs, { timeout: 60_000, interval: 200 }).toBeGreaterThan(mtimeMs);
  await first.stop('SIGKILL');
  const second = await serve('killed');
  expect((await second.ask('GET', '/api/v1/namespaces/default/configmaps/kept')).data).toEqual({ a: '1' });
  await second.stop();
}, 120_000);

const whole = () => readFileSync(file('rollout'));

test.each([
  ['another program', () => Buffer.from('{"kind":"List"}'), 'is no cluster that drydock has saved'],
  ['nothing', () => Buffer.alloc(0), 'is no cluster that drydock has saved'],
  [
    'another version',
    () => Buffer.from(whole().toString('latin1').replace('version 1', 'version 9'), 'latin1'),
    'was saved by another drydock (its version is 9',
  ],
  ['a file that was cut', () => whole().subarray(0, -10), 'is damaged: '],
  ['a file with a flipped bit', () => whole().map((byte, i) => (i === 5_000 ? byte ^ 1 : byte)), 'is damaged: its content does not match its checksum'],
])(
  '[SD3] %s in its place is refused, and stays',
  async (name, content, problem) => {
    const data = `refused ${name}`;
    cpSync(join(folder, 'rollout'), join(folder, data), { recursive: true });
    writeFileSync(file(data), content());
    const before = readFileSync(file(data));
    await expect(serve(data)).rejects.toThrow(`2: drydock: ${file(data)} ${problem}`);
    expect(readFileSync(file(data)).equals(before)).toBe(true);
    expect(readdirSync(join(folder, data))).toEqual(['cluster.drydock']);
  },
  60_000,
);

test('[SD4] one folder is for one process; what a killed one left behind keeps nobody out', async () => {
  const first = await serve('shared');
  await expect(serve('shared')).rejects.toThrow(`${join(folder, 'shared')} is used by process ${first.child.pid}`);
  await first.stop('SIGKILL');
  const second = await serve('shared', '--nodes', '7');
  expect((await second.ask('GET', '/api/v1/nodes')).items).toHaveLength(3);
  expect((await second.stop()).stderr).toContain('--nodes 7 counts for a fresh cluster only; the one in the folder began with 3');
}, 60_000);

test('[SD5] a folder that is none', async () => {
  writeFileSync(join(folder, 'plain'), '');
  await expect(serve('plain')).rejects.toThrow(`2: drydock: ${join(folder, 'plain')} cannot be used: `);
}, 60_000);
