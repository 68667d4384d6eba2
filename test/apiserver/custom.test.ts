// What a Kubernetes 1.36.3 server said of custom resources to the same requests.
import { expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { frontOf } from './support/front.ts';

const group = 'sea.example.com';
const ships = `/apis/${group}/v1/namespaces/default/ships`;
const text = { type: 'string' };

const spec = {
  type: 'object',
  required: ['crew'],
  properties: {
    crew: { type: 'integer', minimum: 1, maximum: 9 },
    name: { ...text, pattern: '^[a-z]+$', minLength: 2 },
    ratio: { type: 'number', multipleOf: 0.5 },
    big: { type: 'integer', format: 'int32' },
    decks: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', required: ['name'], properties: { name: text } },
    },
    cargo: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
  },
  'x-kubernetes-validations': [{ rule: "!has(self.name) || self.name != 'bad'", reason: 'FieldValueDuplicate', fieldPath: '.name' }],
};

const version = {
  name: 'v1',
  served: true,
  storage: true,
  schema: { openAPIV3Schema: { type: 'object', properties: { spec, status: { type: 'object', properties: { crew: { type: 'integer' } } } } } },
  subresources: { status: {}, scale: { specReplicasPath: '.spec.crew', statusReplicasPath: '.status.crew' } },
  additionalPrinterColumns: [{ name: 'Crew', type: 'integer', jsonPath: '.spec.crew' }],
};

function atSea() {
  const cluster = new Cluster({ freeze: true });
  const names = { plural: 'ships', singular: 'ship', kind: 'Ship', listKind: 'ShipList', shortNames: ['sh'] };
  const front = frontOf(cluster);
  const define = (more: object, plural = 'ships') =>
    front.ask('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      body: {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `${plural}.${group}` },
        spec: { group, scope: 'Namespaced', names: { ...names, plural, ...more }, versions: [version] },
      },
    });
  define({});
  cluster.settle(1_000, 10_000);
  const create = (sent: object, metadata = {}) =>
    front.ask('POST', `${ships}?fieldManager=me`, { body: { apiVersion: `${group}/v1`, kind: 'Ship', metadata: { name: 'a', ...metadata }, spec: sent } });
  return { ...front, create, define, cluster };
}

const unchecked =
  '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

test.each([
  [{ crew: 3, name: 'A' }, 'spec.name: Invalid value: "A": spec.name in body should be at least 2 chars long'],
  [{ crew: 3, name: 'bad' }, 'spec.name: Duplicate value'],
  [{ crew: 3, ratio: 1 }, 'spec.ratio: Invalid value: 0: factor MultipleOf declared for spec.ratio must be positive: 0'],
  [{ crew: 3, big: 3_000_000_000 }, '<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.big'],
  [{ crew: 3, decks: [null] }, `[spec.decks[0]: Invalid value: "null": spec.decks[0] in body must be of type object: "null", ${unchecked}]`],
  [{ crew: 3, cargo: {} }, `[spec.cargo.apiVersion: Required value, spec.cargo.kind: Required value, ${unchecked}]`],
])('invalid: %j', (sent, message) => {
  expect(atSea().create(sent).body).toMatchObject({ code: 422, message: `Ship.${group} "a" is invalid: ${message}` });
});

test('a number of the wrong sort is wrong in several ways', () => {
  expect(atSea().create({ crew: 1.5 }).body.message).toContain(
    '[spec.crew: Invalid value: "number": spec.crew in body must be of type integer: "number", <nil>: Invalid value: "": Checked value must be of type integer (default format) in spec.crew, ',
  );
});

test('finalizers of custom resources need no domain', () => expect(atSea().create({ crew: 3 }, { finalizers: ['x'] }).code).toBe(201));

test('metadata is nobody’s', () => {
  expect(atSea().create({ crew: 3 }).body.metadata.managedFields[0].fieldsV1).toEqual({ 'f:spec': { '.': {}, 'f:crew': {} } });
});

test('items of a list say what they are, and the list where it would go on', () => {
  const { ask, create } = atSea();
  create({ crew: 3 });
  const { body } = ask('GET', ships);
  expect(body.metadata.continue).toBe('');
  expect(body.items[0]).toMatchObject({ apiVersion: `${group}/v1`, kind: 'Ship' });
});

test('columns say what they are', () => {
  const { body } = atSea().ask('GET', ships, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
  expect(body.columnDefinitions[0].description).toMatch(/^Name must be unique within a namespace/);
  expect(body.columnDefinitions[1].description).toBe('Custom resource definition column (in JSONPath format): .spec.crew');
});

test('a Scale may come without a version', () => {
  const { ask, create } = atSea();
  create({ crew: 3 });
  const body = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'a' }, spec: { replicas: 5 } };
  expect(ask('PUT', `${ships}/a/scale`, { body })).toMatchObject({ code: 200, body: { spec: { replicas: 5 } } });
});

test('who applies a status owns it', () => {
  const { ask, create } = atSea();
  create({ crew: 3 });
  const body = { apiVersion: `${group}/v1`, kind: 'Ship', metadata: { name: 'a' }, status: { crew: 2 } };
  const answer = ask('PATCH', `${ships}/a/status?fieldManager=st`, { contentType: 'application/apply-patch+yaml', body });
  expect(answer.body.metadata.managedFields[0]).toMatchObject({
    manager: 'st',
    operation: 'Apply',
    fieldsV1: { 'f:status': { 'f:crew': {} } },
    subresource: 'status',
  });
});

test.each([`/apis/${group}/v9`, `/apis/${group}/v1/boats`, `/apis/${group}/v9/ships`])('no page: %s', (url) => {
  expect(atSea().ask('GET', url)).toMatchObject({ code: 404, body: '404 page not found\n' });
});

test('of several names that are taken the last one is told', () => {
  const { ask, define, cluster } = atSea();
  define({ singular: 'ship', kind: 'Ship', listKind: 'DockList', shortNames: ['sh'] }, 'docks');
  cluster.settle(1_000, 10_000);
  const { status } = ask('GET', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/docks.${group}`).body;
  expect(status.conditions[0]).toMatchObject({ type: 'NamesAccepted', reason: 'KindConflict', message: '"Ship" is already in use' });
});
