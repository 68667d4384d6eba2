import { expect, test } from 'vitest';
import type { KubeObject } from '../../server/src/kube/object.ts';
import { kinds } from '../../server/src/schema/kinds.ts';
import { schemaFieldErrors, validatorOf } from '../../server/src/schema/validators.ts';
import { kindOfPath, readRecordings } from '../conformance/recordings.ts';

const container = { name: 'web', image: 'nginx' };
const deployment = (spec: object, containers: readonly object[] = [container]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers } }, ...spec },
});

/** 'spec/replicas type: must be an integer' for each finding. */
function checkFindings(object: Readonly<Record<string, unknown>> & { readonly apiVersion: string; readonly kind: string }, expected: readonly string[]) {
  const found = validatorOf(object.apiVersion, object.kind)(object).map(({ path, keyword, message }) => `${path.join('/')} ${keyword}: ${message}`);
  expect(found).toEqual(expected);
}

test('a good Deployment has no findings', () => {
  checkFindings(deployment({ replicas: 3, strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } } }), []);
});

test('every mistake is found, each at its place', () => {
  checkFindings(
    deployment({ replicas: 'three', foo: 1, paused: 'no' }, [{ name: 5, image: 'a', ports: [{ port: 80 }], resources: { limits: { cpu: '1 G' } } }]),
    [
      'spec/foo unknown: unknown field "foo"',
      'spec/paused type: must be a boolean',
      'spec/replicas type: must be an integer',
      'spec/template/spec/containers/0/name type: must be a string',
      'spec/template/spec/containers/0/ports/0 required: missing required field "containerPort"',
      'spec/template/spec/containers/0/ports/0/port unknown: unknown field "port"',
      'spec/template/spec/containers/0/resources/limits/cpu pattern: must be a quantity, such as 500m, 128Mi or 1.5',
    ],
  );
});

test('ranges of integers, times, base64, words that are allowed', () => {
  checkFindings(deployment({ replicas: 1_000_000_000_000 }), ['spec/replicas range: must be at most 2147483647']);
  checkFindings(deployment({ replicas: 80.5 }), ['spec/replicas type: must be an integer']);
  checkFindings({ apiVersion: 'v1', kind: 'Secret', data: { a: 'x' } }, ['data/a pattern: must be base64']);
  checkFindings({ apiVersion: 'v1', kind: 'Secret', metadata: { creationTimestamp: 'now' } }, [
    'metadata/creationTimestamp pattern: must be a time, such as 2026-01-31T12:00:00Z',
  ]);
  checkFindings(deployment({ strategy: { type: 'Rolling' } }), ['spec/strategy/type enum: must be one of Recreate, RollingUpdate']);
});

test('null is the same as absent, and a key that looks like a number is a key', () => {
  checkFindings(deployment({ replicas: null, strategy: { type: '' } }), []);
  checkFindings({ apiVersion: 'v1', kind: 'ConfigMap', data: { 0: 5 } }, ['data/0 type: must be a string']);
  expect(validatorOf('v1', 'ConfigMap')({ data: { 0: 5 } })[0]?.path).toEqual(['data', '0']);
  expect(validatorOf('v1', 'Pod')({ spec: { containers: [5] } })[0]?.path).toEqual(['spec', 'containers', 0]);
});

test('there is a validator for every kind; a kind that is not served has no findings', () => {
  const silent = kinds.filter(({ apiVersion, kind }) => validatorOf(apiVersion, kind)({ noSuchField: 1 }).length === 0);
  expect(silent.map(({ kind }) => kind)).toEqual([]);
  expect(validatorOf('example.com/v1', 'Widget')({ noSuchField: 1 })).toEqual([]);
});

test('what the schema says of a decoded object, in the form of the server', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { type: 'Nodeport', ports: [{ port: 80, protocol: 'HTTP' }] } };
  expect(schemaFieldErrors('v1', 'Service', service as unknown as KubeObject)).toEqual([
    { type: 'FieldValueNotSupported', path: 'spec.ports[0].protocol', badValue: 'HTTP', detail: 'supported values: "SCTP", "TCP", "UDP"' },
    {
      type: 'FieldValueNotSupported',
      path: 'spec.type',
      badValue: 'Nodeport',
      detail: 'supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    },
  ]);
});

interface Row {
  readonly id: string;
  readonly manifest?: object;
  readonly request: { readonly path: string };
  readonly code: number;
}

test('of the bodies that a real API server took, the schema doubts three', () => {
  const taken = readRecordings<Row>('validation').filter((row) => row.code === 201 && row.manifest);
  const doubted = taken.filter(({ manifest, request }) => {
    const { apiVersion, kind } = kindOfPath(request.path);
    return validatorOf(apiVersion, kind)(manifest).length > 0;
  });
  expect(taken.length).toBeGreaterThan(300);
  expect(doubted.map(({ id }) => id)).toEqual([
    // The server lists more signals than its schema, and writes null for lists that its schema requires.
    'Deployment/spec.template.spec.containers[0].lifecycle = {"stopSignal":"SIGWHAT"}',
    'Job/spec.podFailurePolicy = {}',
    'LimitRange/spec.limits = absent',
  ]);
});
