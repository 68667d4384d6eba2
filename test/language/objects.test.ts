// Objects, places of fields, the outline, and answers of an apply.
import { expect, test } from 'vitest';
import { statusDiagnostics } from '../../server/src/language/diagnostics/status-diagnostics.ts';
import { nearest } from '../../server/src/language/did-you-mean.ts';
import type { DocumentSymbol } from '../../server/src/language/symbols.ts';
import { failure } from '../../server/src/kube/status.ts';
import type { Range } from '../../server/src/manifest/text.ts';
import { objectsOf, open, symbolsOf, uri } from './check.ts';

const text = `# two
apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: other }
data:
  a.b: "1"
  a: "2"
  0: zero
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: &labels
    app.kubernetes.io/name: web
spec:
  selector:
    matchLabels: *labels
  template:
    metadata:
      labels: *labels
    spec:
      nodeSelector:
      containers:
        - image: nginx
          name: web
          resources:
            limits:
              nvidia.com/gpu: 1
---
kind: List
apiVersion: v1
items:
  - { apiVersion: v1, kind: Service, metadata: { name: s }, spec: { clusterIP: None } }
`;

/** The text of a range. */
function cut({ start, end }: Range): string {
  const rows = text.split('\n');
  return start.line === end.line ? (rows[start.line]?.slice(start.character, end.character) ?? '') : `${rows[start.line]?.slice(start.character)}…`;
}

test('[L50] the objects of a file, as an apply sends them', () => {
  expect(objectsOf(text).map(({ document, kind, namespace, name, isApplicable }) => ({ document, kind, namespace, name, isApplicable }))).toEqual([
    { document: 0, kind: 'ConfigMap', namespace: 'other', name: 'a', isApplicable: true },
    { document: 1, kind: 'Deployment', namespace: undefined, name: 'web', isApplicable: true },
    { document: 2, kind: 'Service', namespace: undefined, name: 's', isApplicable: true },
  ]);
  expect(objectsOf(text)[0]?.value).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'other' },
    data: { 'a.b': '1', a: '2', 0: 'zero' },
  });
});

test('[L50] an object with an error is not applicable, its neighbours are', () => {
  const broken = objectsOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndat: {}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n');
  expect(broken.map(({ isApplicable }) => isApplicable)).toEqual([false, true]);
});

test.each([
  ['spec.template.spec.containers[0].image', 'nginx'],
  ['spec.template.spec.containers[0].ports', 'image'],
  ['spec.template.spec.containers[0].resources.limits[nvidia.com/gpu]', '1'],
  ['spec.template.spec.containers[0].resources.limits.nvidia.com/gpu', '1'],
  ['spec.template.spec.containers[1].name', 'containers'],
  ['metadata.labels[app.kubernetes.io/name]', 'web'],
  ['metadata.labels', 'app.kubernetes.io/name: web'],
  ['spec.template.metadata.labels', '*labels'],
  ['spec.template.metadata.labels[app.kubernetes.io/name]', 'web'],
  ['spec.template.spec.nodeSelector', 'nodeSelector'],
  ['spec.replicas', 'spec'],
  ['spec.Template.spec.terminationGracePeriodSeconds', 'spec'],
  ['status.x', 'Deployment'],
])('[L51] %s is at %j', (path, shown) => expect(cut(objectsOf(text)[1]?.rangeOf(path) as Range)).toBe(shown));

test.each([
  ['data[a.b]', '"1"'],
  ['data.a.b', '"1"'],
  ['data[a]', '"2"'],
  ['data[0]', 'zero'],
  ['data[nope]', 'data'],
])('[L51] in a map of data %s is at %j', (path, shown) => expect(cut(objectsOf(text)[0]?.rangeOf(path) as Range)).toBe(shown));

test('[L52] the causes of a refused apply stand at their fields', () => {
  const causes = [
    { reason: 'FieldValueInvalid', message: 'Invalid value: "nginx": no', field: 'spec.template.spec.containers[0].image' },
    { reason: 'FieldValueForbidden', message: 'Forbidden: not now', field: 'spec.paused' },
  ];
  const [, object] = objectsOf(text);
  if (!object) throw new Error('no object');
  const found = statusDiagnostics(object, failure(422, 'Invalid', 'Deployment.apps "web" is invalid: …', { causes }));
  expect(found.map(({ range, code, message }) => [cut(range), code, message])).toEqual([
    ['nginx', 'invalid', 'spec.template.spec.containers[0].image: Invalid value: "nginx": no'],
    ['spec', 'forbidden', 'spec.paused: Forbidden: not now'],
  ]);
  expect(statusDiagnostics(object, failure(403, 'Forbidden', 'exceeded quota')).map(({ range, code, message }) => [cut(range), code, message])).toEqual([
    ['Deployment', 'apply', 'exceeded quota'],
  ]);
});

test('[L52] they follow the object when the text has moved', () => {
  const service = open(text);
  const [, object] = service.objects(uri);
  const line = { line: 0, character: 0 };
  service.change(uri, [{ range: { start: line, end: line }, text: '# moved\n' }]);
  if (!object) throw new Error('no object');
  const [found] = service.diagnoseStatus(uri, object, failure(403, 'Forbidden', 'exceeded quota'));
  expect(found?.range.start.line).toBe(object.kindRange.start.line + 1);
});

test('[L53] the outline names objects, fields and items', () => {
  const show = (symbol: DocumentSymbol, depth: number): string[] => [
    `${'  '.repeat(depth)}${symbol.name}${symbol.detail && `: ${symbol.detail}`}`,
    ...symbol.children.flatMap((child) => show(child, depth + 1)),
  ];
  const lines = symbolsOf(text).flatMap((symbol) => show(symbol, 0));
  expect(lines).toContain('ConfigMap a: other');
  expect(lines.filter((line) => /containers|^ +web|image/.test(line))).toEqual(['        containers', '          web', '            image: nginx']);
});

test('[L55] a large file is prepared in slices', () => {
  const service = open(Array.from({ length: 5 }, (_, index) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${index}}\ndat: {}\n`).join('---\n'));
  let left = 2;
  const isTimeUp = () => left-- === 0;
  expect(service.prepare(uri, isTimeUp)).toBe(false);
  left = 2;
  expect(service.prepare(uri, isTimeUp)).toBe(false);
  left = 2;
  expect(service.prepare(uri, isTimeUp)).toBe(true);
  expect(service.diagnose(uri)).toHaveLength(5);
});

test('[L54] the nearest word', () => {
  expect(nearest('replcia', ['replicas', 'paused'])).toBe('replicas');
  expect(nearest('Replicas', ['replicas'])).toBe('replicas');
  expect(nearest('imagePulPolicy', ['image', 'imagePullPolicy'])).toBe('imagePullPolicy');
  expect(nearest('foo', ['selector', 'template'])).toBe(undefined);
  expect(nearest('x', ['y'])).toBe(undefined);
});
