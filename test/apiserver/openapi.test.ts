import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Reply } from '../../server/src/apiserver/answer.ts';
import { BrokenMessage, fieldsIn } from '../../server/src/apiserver/protobuf/wire.ts';
import { frontOf } from './support/front.ts';

const { ask, answer } = frontOf();

test('aggregated discovery names its own media type, the old form does not', () => {
  const wanted = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  const { type, body } = ask('GET', '/apis', { accept: `${wanted},application/json` });
  expect([type, body.kind]).toEqual([wanted, 'APIGroupDiscoveryList']);
  const [apps] = body.items.filter(({ metadata }: { metadata: { name: string } }) => metadata.name === 'apps');
  const [deployments] = apps.versions[0].resources.filter(({ resource }: { resource: string }) => resource === 'deployments');
  expect(deployments).toMatchObject({
    scope: 'Namespaced',
    singularResource: 'deployment',
    shortNames: ['deploy'],
    subresources: [{ subresource: 'scale', responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' } }, { subresource: 'status' }],
  });
  expect(ask('GET', '/apis').body.kind).toBe('APIGroupList');
});

test('the old form: a document a group version', () => {
  const { body } = ask('GET', '/api/v1');
  const pods = body.resources.find(({ name }: { name: string }) => name === 'pods');
  // The hash that every cluster shows for pods.
  expect(pods).toMatchObject({ singularName: 'pod', kind: 'Pod', shortNames: ['po'], categories: ['all'], storageVersionHash: 'xPOwRZ+Yhw8=' });
  expect(body.resources.find(({ name }: { name: string }) => name === 'pods/eviction')).toMatchObject({ group: 'policy', version: 'v1', kind: 'Eviction' });
});

test('v3: what kubectl looks for before it lets the server validate', () => {
  const index = ask('GET', '/openapi/v3').body.paths;
  expect(index['apis/apps/v1'].serverRelativeURL).toMatch(/^\/openapi\/v3\/apis\/apps\/v1\?hash=/);
  const { paths, components } = ask('GET', '/openapi/v3/apis/apps/v1').body;
  const { patch } = paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'];
  expect(patch['x-kubernetes-group-version-kind']).toEqual({ group: 'apps', version: 'v1', kind: 'Deployment' });
  expect(patch.parameters.map(({ name }: { name: string }) => name)).toContain('fieldValidation');
  const containers = components.schemas['io.k8s.api.core.v1.PodSpec'].properties.containers;
  expect(containers).toMatchObject({
    'x-kubernetes-patch-merge-key': 'name',
    'x-kubernetes-patch-strategy': 'merge',
    items: { allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.Container' }] },
  });
  expect(containers.description).toContain('List of containers belonging to the pod');
});

test('every schema that is referred to is there', () => {
  for (const name of Object.keys(ask('GET', '/openapi/v3').body.paths)) {
    const { type, body } = answer('GET', `/openapi/v3/${name}`) as Reply;
    expect(type).toBe('application/json');
    const { schemas } = JSON.parse(String(body)).components;
    for (const [, reference] of String(body).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(schemas).toHaveProperty([reference!]);
  }
});

test('every schema has the name that the official document gives it, and stands for the same kinds', () => {
  const official = JSON.parse(gunzipSync(readFileSync(new URL('../conformance/swagger-1.36.json.gz', import.meta.url))).toString()).definitions;
  const kinds = (schema: { readonly 'x-kubernetes-group-version-kind'?: readonly object[] }) => schema['x-kubernetes-group-version-kind'];
  const documents = Object.keys(ask('GET', '/openapi/v3').body.paths).map((name) => ask('GET', `/openapi/v3/${name}`).body.components.schemas);
  const seen = new Set<string>();
  for (const schemas of [...documents, ask('GET', '/openapi/v2').body.definitions])
    for (const [name, schema] of Object.entries<object>(schemas)) {
      seen.add(name);
      expect(official).toHaveProperty([name]);
      if (kinds(schema)) expect([name, kinds(official[name])]).toEqual([name, kinds(schema)]);
    }
  expect(seen.size).toBeGreaterThan(400);
});

test('v2 as a protocol buffer: every definition by its name', () => {
  const { body, type } = answer('GET', '/openapi/v2', { accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf' }) as Reply;
  expect(type).toBe('application/com.github.proto-openapi.spec.v2.v1.0+protobuf');
  const { definitions } = ask('GET', '/openapi/v2').body;
  const message = (bytes: Buffer, number: number) =>
    [...fieldsIn(bytes)].filter((field) => field.number === number).map(({ value }) => (value.is === 'bytes' ? value.value : Buffer.alloc(0)));
  const [encoded] = message(body as Buffer, 9);
  expect(message(encoded!, 1).map((entry) => message(entry, 1)[0]!.toString())).toEqual(Object.keys(definitions));
});

test('a message that is cut off is broken, not endless', () => {
  expect(() => [...fieldsIn(Buffer.from([0x0a, 0x05, 0x61]))]).toThrow(BrokenMessage);
  expect(() => [...fieldsIn(Buffer.alloc(20, 0xff))]).toThrow(BrokenMessage);
});
