import { expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { columnsOf } from '../../server/src/schema/columns.ts';
import { kinds } from '../../server/src/schema/kinds.ts';
import { configMap, eventsOf, frontOf, type Asked } from './support/front.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const names = (watch: ReturnType<ReturnType<typeof frontOf>['watch']>) => eventsOf(watch).map(({ type, object }) => `${type} ${object.metadata.name}`);

function setUp() {
  const front = frontOf();
  const label = (name: string, labels: object) =>
    front.ask('PATCH', `${maps}/${name}`, { contentType: 'application/merge-patch+json', body: { metadata: { labels } } });
  return { ...front, label, create: (name: string, labels = {}) => front.ask('POST', maps, { body: configMap(name, labels) }) };
}

test('without a version: what is there, then what changes', () => {
  const { watch, create, label, ask } = setUp();
  create('a');
  const open = watch(`${maps}?watch=true`);
  expect(names(open)).toEqual(['ADDED a', 'ADDED kube-root-ca.crt']);
  create('b');
  label('a', { x: 'y' });
  ask('DELETE', `${maps}/b`);
  expect(names(open)).toEqual(['ADDED b', 'MODIFIED a', 'DELETED b']);
});

test('a watch tells objects in its own version, whichever is stored', () => {
  const { watch, ask } = setUp();
  const path = (version: string) => `/apis/autoscaling/${version}/namespaces/default/horizontalpodautoscalers`;
  const open = watch(`${path('v1')}?watch=true`);
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const body = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef, maxReplicas: 3 } };
  ask('POST', path('v2'), { body });
  const [told] = eventsOf(open) as any[];
  expect([told.object.apiVersion, told.object.spec.targetCPUUtilizationPercentage]).toEqual(['autoscaling/v1', 80]);
});

test('from a version: only what came after it', () => {
  const { watch, create } = setUp();
  const { body } = create('a');
  create('b');
  expect(names(watch(`${maps}?watch=true&resourceVersion=${body.metadata.resourceVersion}`))).toEqual(['ADDED b']);
});

test('an object enters and leaves a selection', () => {
  const { watch, create, label } = setUp();
  create('a');
  const open = watch(`${maps}?watch=true&labelSelector=tier%3Dx`);
  label('a', { tier: 'x' });
  label('a', { tier: 'x', other: '1' });
  const { body } = label('a', { tier: 'z' });
  const events = eventsOf(open);
  expect(events.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
  // As it last belonged, under the version of the change.
  expect(events[2]!.object.metadata).toMatchObject({ labels: { tier: 'x' }, resourceVersion: body.metadata.resourceVersion });
});

test('sendInitialEvents ends with a bookmark that says so', () => {
  const { watch } = setUp();
  const open = watch(`${maps}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`);
  const events = eventsOf(open);
  expect(events.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
  expect(events[1]!.object.metadata).toMatchObject({ annotations: { 'k8s.io/initial-events-end': 'true' } });
});

const initial = 'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';

test.each<[string, object]>([
  ['api/v1/namespaces/none/pods', { spec: { containers: null }, status: {} }],
  ['api/v1/namespaces/none/services', { spec: {}, status: { loadBalancer: {} } }],
  ['api/v1/namespaces/none/configmaps', {}],
  [
    'apis/apps/v1/namespaces/none/deployments',
    { spec: { replicas: 0, selector: null, template: { metadata: {}, spec: { containers: null } }, strategy: {} }, status: {} },
  ],
])('a bookmark of %s is an object in which nothing is set', (path, expected) => {
  const events = eventsOf(setUp().watch(`/${path}?${initial}`));
  const { kind: _kind, apiVersion: _apiVersion, metadata: _metadata, ...rest } = events[0]!.object;
  expect(rest).toEqual(expected);
});

test('a bookmark of any kind can be shown as a row', () => {
  const { watch } = setUp();
  for (const { group, version, resource, verbs, columns } of kinds.map((kind) => ({ ...kind, columns: columnsOf(kind.apiVersion, kind.resource).length }))) {
    if (!verbs.includes('watch')) continue;
    const path = `/${group ? `apis/${group}` : 'api'}/${version}/${resource}`;
    const [bookmark] = eventsOf(watch(`${path}?${initial}&labelSelector=none`, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }));
    expect([path, (bookmark!.object as unknown as { rows: { cells: unknown[] }[] }).rows[0]!.cells.length]).toEqual([path, columns]);
  }
});

test('a table names its columns once', () => {
  const { watch, create } = setUp();
  create('a');
  const accept: Asked = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
  const tables = eventsOf(watch(`${maps}?watch=true`, accept)).map(
    ({ object }) => object as unknown as { columnDefinitions: unknown[] | null; rows: { cells: unknown[] }[] },
  );
  expect(tables.map(({ columnDefinitions, rows }) => [columnDefinitions === null, rows[0]!.cells[0]])).toEqual([
    [false, 'a'],
    [true, 'kube-root-ca.crt'],
  ]);
});

test('a bookmark only for who has seen everything', () => {
  const { watch, create, cluster } = setUp();
  const open = watch(`${maps}?watch=true&allowWatchBookmarks=true`);
  const before = cluster.store.resourceVersion;
  expect(open.bookmark(before)).toBeUndefined();
  eventsOf(open);
  expect(JSON.parse(open.bookmark(before + 5)!)).toMatchObject({ type: 'BOOKMARK', object: { metadata: { resourceVersion: String(before + 5) } } });
  create('a');
  open.wake(before);
  expect(open.bookmark(cluster.store.resourceVersion)).toBeUndefined();
});

test('a watch of a quiet resource keeps its place while much happens elsewhere', () => {
  const { watch, ask, cluster } = frontOf(new Cluster({ logLimit: 10 }));
  const open = watch('/api/v1/namespaces/default/secrets?watch=true');
  expect(eventsOf(open)).toEqual([]);
  for (let i = 0; i < 40; i++) ask('POST', maps, { body: configMap(`m-${i}`) });
  const since = cluster.store.resourceVersion;
  ask('POST', '/api/v1/namespaces/default/secrets', { body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } } });
  open.wake(since);
  expect(names(open)).toEqual(['ADDED a']);
});

test('what comes while a client does not read is not skipped', () => {
  const { watch, create, cluster } = setUp();
  const open = watch(`${maps}?watch=true`);
  eventsOf(open);
  const versions = ['a', 'b', 'c'].map((name) => {
    const since = cluster.store.resourceVersion;
    create(name);
    return since;
  });
  for (const since of versions) open.wake(since);
  expect(names(open)).toEqual(['ADDED a', 'ADDED b', 'ADDED c']);
});

test('the start of the cluster is no history; a log that has forgotten ends the watch with 410', () => {
  const { watch, create } = setUp();
  const [expired] = eventsOf(watch(`${maps}?watch=true&resourceVersion=1`));
  expect(expired).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });

  const small = frontOf(new Cluster({ logLimit: 10 }));
  const open = small.watch(`${maps}?watch=true`);
  eventsOf(open);
  for (let i = 0; i < 40; i++) small.ask('POST', maps, { body: configMap(`m-${i}`) });
  expect(eventsOf(open)).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
  expect(open.isOver).toBe(true);
  create('a');
});

test('[bounded] the initial objects are told one by one, nothing is queued', () => {
  const { watch, create } = setUp();
  create('a');
  const open = watch(`${maps}?watch=true`);
  create('b');
  expect(names(open)).toEqual(['ADDED a', 'ADDED kube-root-ca.crt', 'ADDED b']);
});
