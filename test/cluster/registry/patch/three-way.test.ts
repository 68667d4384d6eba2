import { array, assert, boolean, constant, constantFrom, dictionary, property, record, tuple, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { lastAppliedKey, lastAppliedOf, withLastApplied } from '../../../../server/src/cluster/registry/patch/last-applied.ts';
import { strategicMerge } from '../../../../server/src/cluster/registry/patch/strategic-merge.ts';
import { threeWayPatch } from '../../../../server/src/cluster/registry/patch/three-way.ts';

type Map = Readonly<Record<string, unknown>>;

interface Documents {
  readonly original: Map;
  readonly modified: Map;
  readonly current: Map;
}

/** The patch of a pod spec, and what the server makes of it. */
function checkPatch({ original, modified, current }: Documents, patch: Map, after: Map) {
  expect(threeWayPatch({ spec: original }, { spec: modified }, { spec: current }, 'Pod')).toEqual({ result: Object.keys(patch).length ? { spec: patch } : {} });
  expect(strategicMerge({ spec: current }, { spec: patch }, 'Pod')).toEqual({ result: { spec: after } });
}

const a = { name: 'a', image: '1' };
const b = { name: 'b', image: '1' };

test('nothing to do is an empty patch', () => {
  checkPatch({ original: { hostname: 'h' }, modified: { hostname: 'h' }, current: { hostname: 'h', dnsPolicy: 'x' } }, {}, { hostname: 'h', dnsPolicy: 'x' });
});

test('what others set stays, what the file no longer says goes', () => {
  checkPatch(
    { original: { hostname: 'h', subdomain: 's' }, modified: { hostname: 'i' }, current: { hostname: 'h', subdomain: 's', dnsPolicy: 'x' } },
    { hostname: 'i', subdomain: null },
    { hostname: 'i', dnsPolicy: 'x' },
  );
});

test('a changed element of a list brings the order along', () => {
  checkPatch(
    { original: { containers: [a, b] }, modified: { containers: [a, { ...b, image: '2' }] }, current: { containers: [a, b] } },
    { '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }], containers: [{ name: 'b', image: '2' }] },
    { containers: [a, { ...b, image: '2' }] },
  );
});

test('a removed element is deleted by its key', () => {
  checkPatch(
    { original: { containers: [a, b] }, modified: { containers: [b] }, current: { containers: [a, b] } },
    { '$setElementOrder/containers': [{ name: 'b' }], containers: [{ name: 'a', $patch: 'delete' }] },
    { containers: [b] },
  );
});

test('an element that others added stays', () => {
  const side = { name: 'side', image: '9' };
  checkPatch(
    { original: { containers: [a] }, modified: { containers: [{ ...a, image: '2' }] }, current: { containers: [a, side] } },
    { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'a', image: '2' }] },
    { containers: [{ ...a, image: '2' }, side] },
  );
});

test('a changed member of a union clears the others with $retainKeys', () => {
  const [before, after] = [
    { name: 'v', emptyDir: {} },
    { name: 'v', hostPath: { path: '/' } },
  ];
  checkPatch(
    { original: { volumes: [before] }, modified: { volumes: [after] }, current: { volumes: [before] } },
    {
      '$setElementOrder/volumes': [{ name: 'v' }],
      volumes: [{ name: 'v', emptyDir: null, hostPath: { path: '/' }, $retainKeys: ['hostPath', 'name'] }],
    },
    { volumes: [after] },
  );
});

test('a merged list of plain values removes by a list beside it', () => {
  const patch = threeWayPatch(
    { metadata: { finalizers: ['x', 'y'] } },
    { metadata: { finalizers: ['y'] } },
    { metadata: { finalizers: ['x', 'y', 'z'] } },
    'Pod',
  );
  expect(patch).toEqual({ result: { metadata: { '$deleteFromPrimitiveList/finalizers': ['x'], '$setElementOrder/finalizers': ['y'] } } });
});

const names = uniqueArray(constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
const containers = names.chain((list) =>
  tuple(
    ...list.map((name) =>
      record(
        { name: constant(name), image: constantFrom('1', '2'), args: array(constantFrom('x', 'y'), { maxLength: 2 }), tty: boolean() },
        { requiredKeys: ['name', 'image'] },
      ),
    ),
  ),
);
const specs = record(
  { containers, hostname: constantFrom('h', 'i'), nodeSelector: dictionary(constantFrom('p', 'q'), constantFrom('1', '2')) },
  { requiredKeys: ['containers'] },
);

test('[P1] applied over itself, a file becomes exactly what it says', () => {
  assert(
    property(specs, specs, (original, modified) => {
      const patch = threeWayPatch({ spec: original }, { spec: modified }, { spec: original }, 'Pod') as { result: Map };
      expect(strategicMerge({ spec: original }, patch.result, 'Pod')).toEqual({ result: { spec: modified } });
    }),
  );
});

test('[P2] applying twice changes nothing the second time', () => {
  assert(
    property(specs, specs, specs, (original, modified, current) => {
      const patch = threeWayPatch({ spec: original }, { spec: modified }, { spec: current }, 'Pod') as { result: Map };
      const after = strategicMerge({ spec: current }, patch.result, 'Pod') as { result: Map };
      const second = threeWayPatch({ spec: modified }, { spec: modified }, after.result, 'Pod') as { result: Map };
      expect(strategicMerge(after.result, second.result, 'Pod')).toEqual(after);
    }),
  );
});

test('the annotation is the object as Go writes it', () => {
  const applied = withLastApplied({ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'x', namespace: 'default' }, spec: { args: ['a<b'], '10': 1, '2': 2 } });
  const text = '{"apiVersion":"v1","kind":"Pod","metadata":{"annotations":{},"name":"x","namespace":"default"},"spec":{"10":1,"2":2,"args":["a\\u003cb"]}}\n';
  expect((applied['metadata'] as { annotations: Map }).annotations).toEqual({ [lastAppliedKey]: text });
  expect(lastAppliedOf(applied)).toEqual(JSON.parse(text));
  expect(withLastApplied(applied)).toEqual(applied);
});
