import { afterEach, beforeEach, expect, test } from 'vitest';
import { LanguageClient } from './language-client.ts';

const uri = 'file:///web.yaml';
const deployment = (image = 'nginx:1.25', replicas: number | string = 3, name = 'web') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
      - name: web
        image: ${image}
`;
const id = 'apps/Deployment/default/web';

let client: LanguageClient;
beforeEach(async () => {
  client = await LanguageClient.start();
});
afterEach(() => client.stop());

/** Waits until the sidebar shows the Deployment as it should be. */
async function until(check: (row: { health: string; revision: number; desired: number }) => boolean) {
  for (let tries = 0; tries < 200; tries++) {
    const { rows } = await client.ask('drydock/clusterView', null);
    const row = rows.find((one) => one.id === id);
    if (row?.type === 'deployment' && check(row)) return rows;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the Deployment did not get there');
}

test('[S1] saving a Deployment launches it: rows for the Deployment, its ReplicaSet and its pods', async () => {
  expect(await client.save(uri, deployment())).toEqual({ uri, applied: 1, unchanged: 0, pruned: 0, refused: 0 });
  const rows = await until((row) => row.health === 'ready');
  const set = rows.find((row) => row.type === 'replicaSet')!;
  expect(set).toMatchObject({ parent: id, revision: 1, current: true, ready: 3 });
  expect(rows.filter((row) => row.type === 'pod' && row.parent === set.id && row.health === 'ready')).toHaveLength(3);
});

test('[S2] a new image rolls out; the rollout view tells the decisions; undo goes back', async () => {
  await client.save(uri, deployment());
  await until((row) => row.health === 'ready');
  await client.save(uri, deployment('nginx:1.26'));
  await until((row) => row.health === 'ready' && row.revision === 2);
  const view = (await client.ask('drydock/followRollout', { key: 'default/web' }))!;
  expect(view).toMatchObject({ state: 'complete', atMost: 4, atLeast: 3, currentRevision: 2, timeline: { fewestReady: 3, mostPods: 4 } });
  expect(view.timeline.decisions.map(({ revision, from, to }) => `${revision}: ${from} → ${to}`)).toEqual([
    '2: 0 → 1',
    '1: 3 → 2',
    '2: 1 → 2',
    '1: 2 → 1',
    '2: 2 → 3',
    '1: 1 → 0',
  ]);
  expect(view.timeline.decisions.at(1)!.trigger?.code).toBe('pod-ready');
  expect(await client.ask('drydock/act', { do: 'undo', id, revision: 1 })).toEqual({ ok: true, message: 'deployment.apps/web rolled back' });
  const back = await client.hear('drydock/rolloutChanged', ({ state, currentRevision }) => state === 'complete' && currentRevision === 3);
  expect(back.revisions.map(({ revision, images }) => [revision, images[0]])).toEqual([
    [3, 'nginx:1.25'],
    [2, 'nginx:1.26'],
  ]);
});

test('[S3] a wrong value is a diagnostic at its place, is not applied, and the cluster stays as it was', async () => {
  await client.save(uri, deployment());
  await until((row) => row.health === 'ready');
  expect(await client.save(uri, deployment('nginx:1.25', 'three'))).toMatchObject({ applied: 0, refused: 1, pruned: 0 });
  const [first] = await client.diagnostics(uri, (all) => all.length > 0);
  expect(first).toMatchObject({ severity: 1, range: { start: { line: 5, character: 12 }, end: { line: 5, character: 17 } } });
  await until((row) => row.health === 'ready' && row.desired === 3);
});

test('[S4] what the registry refuses is a diagnostic at the field, and the next edit takes it away', async () => {
  await client.save(uri, deployment());
  const changed = deployment()
    .replace('matchLabels: { app: web }', 'matchLabels: { app: web, tier: x }')
    .replace('labels: { app: web }', 'labels: { app: web, tier: x }');
  expect(await client.save(uri, changed)).toMatchObject({ refused: 1 });
  const [refusal] = await client.diagnostics(uri, (all) => all.length > 0);
  expect(refusal!.message).toContain('field is immutable');
  expect(refusal!.range.start.line).toBe(6);
  client.write(uri, deployment());
  await client.diagnostics(uri, (all) => all.length === 0);
});

test('[S5] a document that is removed from a file is removed from the cluster; a broken file removes nothing', async () => {
  const both = `${deployment()}---\n${deployment('nginx:1.25', 1, 'other')}`;
  expect(await client.save(uri, both)).toMatchObject({ applied: 2 });
  expect(await client.save(uri, `${deployment()}---\nkind: [unclosed\n`)).toMatchObject({ pruned: 0 });
  expect(await client.save(uri, deployment())).toMatchObject({ pruned: 1, unchanged: 1 });
  const { rows } = await client.ask('drydock/clusterView', null);
  expect(rows.some(({ name, type }) => name === 'other' && type === 'deployment')).toBe(false);
});

test('[S6] the built-in kubectl sees the same cluster', async () => {
  await client.save(uri, deployment());
  await until((row) => row.health === 'ready');
  const { stdout, code } = await client.ask('drydock/kubectl', { args: ['get', 'deployment', 'web', '-o', 'jsonpath={.status.readyReplicas}'] });
  expect([stdout, code]).toEqual(['3', 0]);
});

test('[S7] hovering over the kind of a live object says how it is', async () => {
  await client.save(uri, deployment());
  await until((row) => row.health === 'ready');
  const hover = await client.call<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri }, position: { line: 1, character: 8 } });
  expect(hover.contents.value).toMatch(/^\*\*3 of 3 ready\*\* · revision 1/);
});

test('[S8] a paused clock stands still; a step does the next thing', async () => {
  await client.ask('drydock/time', { do: 'speed', speed: 1 });
  await client.ask('drydock/time', { do: 'pause' });
  await client.save(uri, deployment());
  const before = await client.ask('drydock/clusterView', null);
  await new Promise((done) => setTimeout(done, 300));
  expect((await client.ask('drydock/clusterView', null)).time.now).toBe(before.time.now);
  await client.ask('drydock/time', { do: 'step' });
  expect((await client.ask('drydock/clusterView', null)).time.now).toBeGreaterThan(before.time.now);
});

test.each([
  ['a file that is too large', 'x: y\n'.repeat(3_000_000)],
  [
    'a YAML bomb',
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: bomb }\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
      .join('\n')}\n`,
  ],
  ['tabs', 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n'],
  ['a duplicate key', 'apiVersion: v1\nkind: Pod\nkind: Pod\nmetadata: {name: x}\n'],
  ['an unknown kind', 'apiVersion: apps/v1\nkind: Deploymint\nmetadata: {name: x}\n'],
  ['a cycle of anchors', 'apiVersion: v1\nkind: Pod\nmetadata: &m {name: x, labels: *m}\n'],
  ['a thousand million replicas', deployment('nginx:1.25', 1_000_000_000)],
])('[S9] bad input gets a diagnostic, and nothing hangs: %s', async (_what, text) => {
  client.write('file:///bad.yaml', text);
  const diagnostics = await client.diagnostics('file:///bad.yaml', (all) => all.some(({ severity }) => severity === 1));
  expect(String(diagnostics[0]!.message).length).toBeGreaterThan(10);
  expect(await client.save('file:///bad.yaml')).toMatchObject({ applied: 0 });
  expect(await client.save(uri, deployment())).toMatchObject({ applied: 1 });
});

const boats = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: boats.sea.example.com }
spec:
  group: sea.example.com
  scope: Namespaced
  names: { plural: boats, kind: Boat }
  versions:
  - name: v1
    served: true
    storage: true
    schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: integer, maximum: 3 } } } } } }
`;
const boat = (size: number) => `apiVersion: sea.example.com/v1\nkind: Boat\nmetadata: { name: a }\nspec: { size: ${size} }\n`;
const boatId = 'sea.example.com/Boat/default/a';

test('[S10] a custom resource beside its definition is applied, shown, found again and removed', async () => {
  expect(await client.save(uri, `${boat(1)}---\n${boats}`)).toMatchObject({ applied: 2, refused: 0 });
  const { rows } = await client.ask('drydock/clusterView', null);
  expect(rows.find(({ id }) => id === boatId)).toMatchObject({ type: 'object', kind: 'Boat' });
  expect(await client.ask('drydock/manifest', { id: boatId })).toContain('size: 1');
  expect(await client.ask('drydock/act', { do: 'delete', id: boatId })).toMatchObject({ ok: true });
  expect(await client.save(uri, `${boat(1)}---\n${boats}`)).toMatchObject({ applied: 1, unchanged: 1 });
  expect(await client.save(uri, `${boats}`)).toMatchObject({ pruned: 1 });
});

test('[S11] the definition of another file: open it judges at once, applied the cluster does, unknown it is told once', async () => {
  const file = 'file:///boat.yaml';
  client.write(file, boat(9));
  expect(await client.diagnostics(file, (all) => all.length > 0)).toMatchObject([{ severity: 3, code: 'foreign-kind' }]);
  expect(await client.save(file)).toMatchObject({ applied: 0, refused: 1 });
  expect(await client.diagnostics(file, (all) => all.some(({ severity }) => severity === 1))).toMatchObject([
    { code: 'apply', message: 'no matches for kind "Boat" in version "sea.example.com/v1"' },
  ]);
  expect(await client.save('file:///boats.yaml', boats)).toMatchObject({ applied: 1 });
  client.write(file, boat(8));
  const message = 'spec.size: Invalid value: 8: spec.size in body should be less than or equal to 3';
  expect(await client.diagnostics(file, (all) => all.some((one) => one.message === message))).toHaveLength(1);
  client.tell('textDocument/didClose', { textDocument: { uri: 'file:///boats.yaml' } });
  expect(await client.diagnostics(file, (all) => all.some(({ code }) => code === 'foreign-kind'))).toHaveLength(1);
  expect(await client.save(file)).toMatchObject({ refused: 1 });
  expect(await client.diagnostics(file, (all) => all.some(({ severity }) => severity === 1))).toContainEqual(
    expect.objectContaining({ code: 'invalid', message: 'spec.size: Invalid value: 8: spec.size in body should be less than or equal to 3' }),
  );
  expect(await client.save(file, boat(2))).toMatchObject({ applied: 1, refused: 0 });
});
