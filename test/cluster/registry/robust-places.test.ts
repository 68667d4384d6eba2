// Nothing, and something empty, at every place of an object of every kind: created, replaced, patched. Whatever comes of it is an answer.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import type { PatchType, ApiRequest } from '../../../server/src/cluster/registry/request.ts';
import { builtIn } from '../../../server/src/schema/custom/catalog.ts';
import type { KubeObject, ObjectMeta } from '../../../server/src/kube/object.ts';

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'boats.sea.io' } as ObjectMeta,
  spec: {
    group: 'sea.io',
    scope: 'Namespaced',
    names: { plural: 'boats', singular: 'boat', kind: 'Boat', listKind: 'BoatList', shortNames: ['bo'], categories: ['all'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                properties: { crew: { type: 'integer', minimum: 1, enum: [1, 2] }, decks: { type: 'array', items: { type: 'string', default: 'a' } } },
                'x-kubernetes-validations': [{ rule: 'self.crew > 0', message: 'no crew', reason: 'FieldValueInvalid', fieldPath: '.crew' }],
              },
            },
          },
        },
        subresources: { status: {}, scale: { specReplicasPath: '.spec.crew', statusReplicasPath: '.status.crew' } },
        additionalPrinterColumns: [{ name: 'Crew', type: 'integer', jsonPath: '.spec.crew' }],
        selectableFields: [{ jsonPath: '.spec.crew' }],
      },
    ],
    conversion: { strategy: 'None' },
  },
};

const policy = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'a' } as ObjectMeta,
  spec: {
    matchConstraints: {
      resourceRules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'], resourceNames: ['a'] }],
    },
    matchConditions: [{ name: 'a', expression: 'true' }],
    variables: [{ name: 'a', expression: '1' }],
    validations: [{ expression: 'variables.a == 1', messageExpression: "'a'", reason: 'Forbidden' }],
    auditAnnotations: [{ key: 'a', valueExpression: "'a'" }],
  },
};

type Place = readonly (string | number)[];

const conformance = join(import.meta.dirname, '../../conformance');
const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, any>);
const recorded = ['defaults', 'validation'].flatMap((file) => linesOf(readFileSync(join(conformance, `oracle/api/${file}.jsonl`), 'utf8')));
const accepted: KubeObject[] = [
  ...recorded.filter(({ object, code }) => object || code === 201).map(({ manifest }) => manifest),
  ...linesOf(gunzipSync(readFileSync(join(conformance, 'strategies.jsonl.gz'))).toString())
    .filter(({ old, code }) => !old && code === 200)
    .map(({ object }) => object),
  definition,
  policy,
];
const biggest = new Map<string, KubeObject>();
for (const object of accepted) {
  if (object && JSON.stringify(object).length > JSON.stringify(biggest.get(object.kind) ?? '').length) biggest.set(object.kind, object);
}

const meant = [null, [], {}, [null], ''];

function* placesOf(value: unknown, place: Place = []): Iterable<Place> {
  if (place.length > 0) yield place;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) yield* placesOf(part, [...place, Array.isArray(value) ? Number(key) : key]);
}

function withAt(value: unknown, [key, ...rest]: Place, part: unknown): unknown {
  if (key === undefined) return part;
  if (Array.isArray(value)) return value.with(key as number, withAt(value[key as number], rest, part));
  return { ...(value as object), [key]: withAt((value as Record<string, unknown>)[key], rest, part) };
}

/** `{"spec": {"a": …}}`: the patch that says the same; elements of lists only as a whole. */
const patchOf = (place: Place, part: unknown): unknown => {
  const to = place.findIndex((key) => typeof key === 'number');
  return (to < 0 ? place : place.slice(0, to)).toReversed().reduce((inside, key) => ({ [key]: inside }), to < 0 ? part : [part]);
};

describe.each([...biggest])('%s', (_, object) => {
  test('is answered for', () => {
    const cluster = new Cluster();
    const info = builtIn.kindOf(object.apiVersion, object.kind)!;
    const target = { group: info.group, resource: info.resource, version: info.version, ...(info.namespaced && { namespace: 'default' }) };
    const { labels, annotations } = object.metadata;
    const name = object.metadata.name || 'x';
    const base = {
      ...object,
      metadata: { name, labels, annotations, finalizers: ['a.b/c'], ownerReferences: [{ apiVersion: 'v1', kind: 'A', name: 'a', uid: 'u' }] },
    };
    const ask = (about: unknown, request: Omit<ApiRequest, 'group' | 'resource'>) => {
      try {
        expect(cluster.request({ ...target, ...request } as ApiRequest).code).toBeGreaterThanOrEqual(200);
      } catch (error) {
        throw new Error(JSON.stringify(about), { cause: error });
      }
    };
    expect(cluster.request({ ...target, verb: 'create', body: base } as ApiRequest).body).toMatchObject({ kind: object.kind });
    const dry = { dryRun: true, fieldManager: 'me', force: true };
    const doors = [undefined, ...info.subresources.filter(({ verbs }) => verbs.includes('patch')).map(({ name: door }) => door)];
    for (const place of placesOf(base))
      for (const part of meant) {
        const body = withAt(base, place, part);
        const patch = patchOf(place, part);
        ask({ place, part, verb: 'create' }, { verb: 'create', body, options: { ...dry, fieldValidation: 'Ignore' } });
        for (const subresource of doors) {
          const to = { name, ...(subresource && { subresource }) };
          ask({ place, part, verb: 'update', subresource }, { verb: 'update', ...to, body, options: { ...dry, fieldValidation: 'Ignore' } });
          for (const patchType of ['merge', 'strategic'] satisfies PatchType[])
            ask({ place, part, patchType, subresource }, { verb: 'patch', patchType, ...to, body: patch, options: dry });
          ask({ place, part, verb: 'apply', subresource }, { verb: 'patch', patchType: 'apply', ...to, body, options: dry });
        }
      }
  }, 120_000);
});
