// Whatever is asked, the registry answers: a Status for what is no good, and never an exception.
import { assert, constantFrom, dictionary, integer, jsonValue, oneof, option, property, record, string, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import type { ApiRequest, PatchType, Verb } from '../../../server/src/cluster/registry/request.ts';
import { kinds } from '../../../server/src/schema/kinds.ts';
import { deployment, pod } from './support/api.ts';

const verbs: Arbitrary<Verb> = constantFrom('get', 'list', 'create', 'update', 'patch', 'delete', 'deletecollection');
const patchTypes: Arbitrary<PatchType> = constantFrom('json', 'merge', 'strategic', 'apply');
const names = constantFrom('web', 'x', '', 'Bad Name', '../..', '__proto__');

/** Bodies that are nearly right: known fields with any value. */
const nearly = record(
  {
    apiVersion: constantFrom('v1', 'apps/v1', 'batch/v1', '', 'a/b/c', '1'),
    kind: string(),
    metadata: oneof(
      record(
        { name: names, namespace: names, labels: jsonValue(), finalizers: jsonValue(), resourceVersion: constantFrom('1', 'abc', '') },
        { requiredKeys: [] },
      ),
      jsonValue(),
    ),
    spec: oneof(
      record(
        {
          replicas: jsonValue(),
          selector: jsonValue(),
          template: jsonValue(),
          containers: jsonValue(),
          strategy: jsonValue(),
          $patch: constantFrom('replace', 'delete', 'x'),
        },
        { requiredKeys: [] },
      ),
      jsonValue(),
    ),
    status: jsonValue(),
    data: dictionary(string(), jsonValue()),
  },
  { requiredKeys: [] },
);

const requests = record(
  {
    verb: verbs,
    info: constantFrom(...kinds.map(({ group, resource }) => ({ group, resource }))),
    namespace: option(constantFrom('default', 'nope', ''), { nil: undefined }),
    name: option(names, { nil: undefined }),
    subresource: option(constantFrom('status', 'scale', 'binding', 'finalize', 'nope'), { nil: undefined }),
    patchType: patchTypes,
    body: oneof(nearly, jsonValue()),
    text: option(string(), { nil: undefined }),
    options: record(
      {
        fieldManager: string(),
        fieldValidation: constantFrom('Strict', 'Warn', 'Ignore'),
        dryRun: constantFrom(true, false),
        labelSelector: string(),
        fieldSelector: string(),
        limit: integer({ min: -1, max: 3 }),
        continue: string(),
        propagationPolicy: constantFrom('Background', 'Foreground', 'Orphan'),
        gracePeriodSeconds: integer({ min: -1, max: 40 }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['verb', 'info'] },
);

test('any request is answered', () => {
  const cluster = new Cluster({ freeze: true, nodes: { count: 1 } });
  const at = { namespace: 'default', verb: 'create' } as const;
  cluster.request({ ...at, group: 'apps', resource: 'deployments', body: deployment('web', { replicas: 1 }) });
  cluster.request({ ...at, group: '', resource: 'pods', body: pod('web') });
  assert(
    property(requests, ({ info, text, ...rest }) => {
      const defined = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const request = { ...info, ...defined, ...(text !== undefined && { text: { content: text, format: 'yaml' } }) } as unknown as ApiRequest;
      const { code, body } = cluster.request(request);
      expect(code).toBeGreaterThanOrEqual(200);
      expect(code).toBeLessThan(600);
      expect(body).toBeTypeOf('object');
    }),
    { numRuns: 3_000, seed: 20260101 },
  );
});

// Found by test/apiserver/fuzz.test.ts.
test('a pod without containers where a LimitRange sets defaults', () => {
  const cluster = new Cluster();
  const create = (resource: string, body: object) => cluster.request({ verb: 'create', group: '', resource, namespace: 'default', body }).code;
  expect(
    create('limitranges', { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'a' }, spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] } }),
  ).toBe(201);
  expect(create('pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } })).toBe(422);
});

test('a configuration that is applied under a version that is no text', () => {
  const request: ApiRequest = {
    verb: 'patch',
    patchType: 'apply',
    group: '',
    resource: 'configmaps',
    namespace: 'default',
    name: 'a',
    body: { apiVersion: 1.5, kind: [] },
  };
  expect(new Cluster().request({ ...request, options: { fieldManager: 'me' } })).toMatchObject({
    code: 400,
    body: { message: 'invalid object type: /, Kind=' },
  });
});

test('a configuration whose name is no text, and has a toString of its own', () => {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: [{ toString: '' }] }, x: 1 };
  const request: ApiRequest = { verb: 'patch', patchType: 'apply', group: '', resource: 'configmaps', namespace: 'default', name: 'a', body };
  expect(new Cluster().request({ ...request, options: { fieldManager: 'me' } })).toMatchObject({
    code: 500,
    body: { message: expect.stringContaining('(/; /v1, Kind=ConfigMap)') },
  });
});
