import { expect, test } from 'vitest';
import { strategicMerge } from '../../../../server/src/cluster/registry/patch/strategic-merge.ts';

type Map = Readonly<Record<string, unknown>>;

/** Applies a patch to a pod spec. */
function checkMerge(spec: Map, patch: Map, expected: Map) {
  expect(strategicMerge({ spec }, { spec: patch }, 'Pod')).toEqual({ result: { spec: expected } });
}

function checkRefused(spec: Map, patch: Map, error: string) {
  expect(strategicMerge({ spec }, { spec: patch }, 'Pod')).toEqual({ error });
}

const a = { name: 'a', image: '1' };
const b = { name: 'b', image: '1' };
const c = { name: 'c', image: '1' };

test('lists with a merge key are joined element by element', () => {
  checkMerge({ containers: [a, b] }, { containers: [{ name: 'b', image: '2' }] }, { containers: [a, { name: 'b', image: '2' }] });
});

test('what the patch adds comes before what only the server has', () => {
  checkMerge({ containers: [a] }, { containers: [b] }, { containers: [b, a] });
  checkMerge({ containers: [a, b] }, { containers: [c, b] }, { containers: [c, a, b] });
});

test('lists without a merge key are replaced', () => {
  checkMerge({ tolerations: [{ key: 'x' }] }, { tolerations: [{ key: 'y' }] }, { tolerations: [{ key: 'y' }] });
});

test('null removes a field', () => {
  checkMerge({ nodeName: 'x', hostname: 'h' }, { nodeName: null }, { hostname: 'h' });
  checkMerge({ hostname: 'h' }, { securityContext: { runAsUser: null, runAsGroup: 1 } }, { hostname: 'h', securityContext: { runAsGroup: 1 } });
});

test('$patch: delete removes an element', () => {
  checkMerge({ containers: [a, b] }, { containers: [{ name: 'a', $patch: 'delete' }] }, { containers: [b] });
});

test('$patch: delete of what is not there does nothing', () => {
  checkMerge({ containers: [a] }, { containers: [{ name: 'z', $patch: 'delete' }] }, { containers: [a] });
  checkMerge({ hostname: 'h' }, { containers: [{ name: 'z', $patch: 'delete' }] }, { hostname: 'h', containers: [] });
});

test('$patch: replace replaces a list or a map', () => {
  checkMerge({ containers: [a, b] }, { containers: [{ $patch: 'replace' }, c] }, { containers: [c] });
  checkMerge({ nodeSelector: { x: '1' } }, { nodeSelector: { $patch: 'replace', y: '2' } }, { nodeSelector: { y: '2' } });
  checkMerge({ nodeSelector: { x: '1' } }, { nodeSelector: { $patch: 'delete' } }, { nodeSelector: {} });
});

test('an unknown directive is refused', () => {
  checkRefused({ containers: [a] }, { containers: [{ name: 'a', $patch: 'drop' }] }, 'unknown patch type: drop in map: map[$patch:drop name:a]');
});

test('an element without its merge key is refused', () => {
  checkRefused({ containers: [a] }, { containers: [{ image: '2' }] }, 'map: map[image:2] does not contain declared merge key: name');
});

test('$retainKeys clears the other members', () => {
  const spec = { volumes: [{ name: 'v', emptyDir: {} }] };
  checkMerge(
    spec,
    { volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/' } }] },
    { volumes: [{ name: 'v', hostPath: { path: '/' } }] },
  );
});

test('$retainKeys must list what the patch sets', () => {
  checkRefused({ volumes: [{ name: 'v' }] }, { volumes: [{ name: 'v', $retainKeys: ['name'], emptyDir: {} }] }, 'invalid patch format of retainKeys');
});

test('$setElementOrder orders what the patch knows and leaves the rest in place', () => {
  checkMerge({ containers: [a, b, c] }, { '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }] }, { containers: [b, c, a] });
  checkMerge({ containers: [a, b] }, { '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }], containers: [c] }, { containers: [c, a, b] });
});

test('the patch must be in the order that it asks for', () => {
  const patch = { '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }], containers: [b, a] };
  expect(strategicMerge({ spec: { containers: [a] } }, { spec: patch }, 'Pod')).toHaveProperty('error', expect.stringContaining('The order in patch list:'));
});

test('merged lists of plain values: union, and $deleteFromPrimitiveList', () => {
  const metadata = { finalizers: ['x', 'y'] };
  expect(strategicMerge({ metadata }, { metadata: { finalizers: ['z', 'x'] } }, 'Pod')).toEqual({ result: { metadata: { finalizers: ['z', 'x', 'y'] } } });
  expect(strategicMerge({ metadata }, { metadata: { '$deleteFromPrimitiveList/finalizers': ['x'] } }, 'Pod')).toEqual({
    result: { metadata: { finalizers: ['y'] } },
  });
});

test('a map with the strategy replace is replaced', () => {
  const before = { spec: { selector: { matchLabels: { app: 'x' } } } };
  const patch = { spec: { selector: { matchLabels: { tier: 'y' } } } };
  expect(strategicMerge(before, patch, 'PodDisruptionBudget')).toEqual({ result: patch });
});

test('what the patch leaves alone is shared', () => {
  const before = { metadata: { name: 'x' }, spec: { hostname: 'h' } };
  const merged = strategicMerge(before, { spec: { hostname: 'i' } }, 'Pod') as { result: typeof before };
  expect(merged.result.metadata).toBe(before.metadata);
  expect(before.spec.hostname).toBe('h');
});
