// Every recorded pod template must get the hash that a real control plane gave it.
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { podTemplateHash } from '../../server/src/cluster/controllers/history/pod-template-hash.ts';
import { revisionData, revisionHash } from '../../server/src/cluster/controllers/history/revision-hash.ts';
import type { KubeObject } from '../../server/src/kube/object.ts';
import { decode } from '../../server/src/schema/decode.ts';
import { kindOf } from '../../server/src/schema/kinds.ts';
import { rulesOf } from '../../server/src/validation/rules.ts';
import { readRecordings } from './recordings.ts';

interface HashRow {
  readonly id: string;
  readonly kind: string;
  readonly template: object;
  readonly hash: string;
  /** Of a revision. */
  readonly data?: object;
}

const rows = readRecordings<HashRow>('hash');

/** The template as the API server would store it: decoded and defaulted. */
function storedTemplate({ kind, template }: Pick<HashRow, 'kind' | 'template'>): object {
  const info = kindOf('apps/v1', kind);
  if (!info) throw new Error(`no ${kind}`);
  const body = { apiVersion: 'apps/v1', kind, metadata: { name: 'x' }, spec: { selector: { matchLabels: { app: 'x' } }, template } };
  const decoded = decode(info, body);
  if ('error' in decoded) throw new Error(decoded.error);
  const { spec } = rulesOf('apps/v1', kind).defaults(decoded.object) as KubeObject & { readonly spec: { readonly template: object } };
  return spec.template;
}

test.each(['Deployment', 'DaemonSet'])('every recorded %s has the hash of a real cluster', (kind) => {
  const own = rows.filter((row) => row.kind === kind);
  const wrong = own.filter((row) => podTemplateHash(storedTemplate(row)) !== row.hash).map(({ id }) => id);
  expect({ rows: own.length, wrong }).toEqual({ rows: kind === 'Deployment' ? 210 : 38, wrong: [] });
});

test('every recorded StatefulSet has the revision of a real cluster', () => {
  const own = rows.filter((row) => row.kind === 'StatefulSet');
  const wrong = own.flatMap((row) => {
    const data = revisionData(storedTemplate(row));
    return revisionHash(data, 0) === row.hash && isDeepStrictEqual(JSON.parse(JSON.stringify(data)), row.data) ? [] : [row.id];
  });
  expect({ rows: own.length, wrong }).toEqual({ rows: 25, wrong: [] });
});

test('a collision gives a revision another name', () => {
  const data = revisionData(storedTemplate({ kind: 'StatefulSet', template: documented }));
  expect(new Set([0, 1, 10].map((count) => revisionHash(data, count))).size).toBe(3);
});

const documented = { metadata: { labels: { app: 'nginx' } }, spec: { containers: [{ name: 'nginx', image: 'nginx:1.14.2', ports: [{ containerPort: 80 }] }] } };

test('the template of the documentation is 6c5f67b5f7 in Kubernetes 1.36', () => {
  expect(podTemplateHash(storedTemplate({ kind: 'Deployment', template: documented }))).toBe('6c5f67b5f7');
});

test('a collision count of 0 is not the same as none, and every count gives another hash', () => {
  const template = storedTemplate({ kind: 'Deployment', template: documented });
  const hashes = [undefined, 0, 1, 2, 256, 4294967295].map((count) => podTemplateHash(template, count));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('any field of the template changes the hash, the object that holds it does not', () => {
  const template = storedTemplate({ kind: 'Deployment', template: documented });
  expect(podTemplateHash(structuredClone(template))).toBe(podTemplateHash(template));
  const other = { ...documented, metadata: { labels: { app: 'nginx', tier: '' } } };
  expect(podTemplateHash(storedTemplate({ kind: 'Deployment', template: other }))).not.toBe(podTemplateHash(template));
});
