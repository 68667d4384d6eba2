// What the registry does with custom kinds, from the definition to the last object.
import { expect, test } from 'vitest';
import { Cluster } from '../../../../server/src/cluster/cluster.ts';
import type { ApiRequest, ApiResponse } from '../../../../server/src/cluster/registry/request.ts';

const group = 'sea.example.com';
const definitions = { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' };
const ships = { group, resource: 'ships', namespace: 'default' };

const spec = {
  type: 'object',
  required: ['crew'],
  properties: {
    crew: { type: 'integer', minimum: 1, maximum: 9 },
    kind: { type: 'string', enum: ['tug', 'liner'], default: 'tug' },
    name: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
    port: { 'x-kubernetes-int-or-string': true },
    decks: {
      type: 'array',
      maxItems: 3,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, beds: { type: 'integer' } } },
    },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
  'x-kubernetes-validations': [
    { rule: "self.kind != 'liner' || self.crew > 5", message: 'a liner needs more crew' },
    {
      rule: 'self.crew >= oldSelf.crew',
      messageExpression: "'crew may not shrink from %d'.format([oldSelf.crew])",
      fieldPath: '.crew',
      reason: 'FieldValueForbidden',
    },
  ],
};

const version = (name: string, more: object = {}) => ({
  name,
  served: true,
  storage: name === 'v1',
  subresources: { status: {}, scale: { specReplicasPath: '.spec.crew', statusReplicasPath: '.status.crew' } },
  additionalPrinterColumns: [{ name: 'Crew', type: 'integer', jsonPath: '.spec.crew' }],
  selectableFields: [{ jsonPath: '.spec.kind' }],
  schema: {
    openAPIV3Schema: {
      type: 'object',
      required: ['spec'],
      properties: { spec, status: { type: 'object', properties: { crew: { type: 'integer' }, phase: { type: 'string' } } } },
    },
  },
  ...more,
});

const definition = (changes: object = {}) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `ships.${group}` },
  spec: { group, scope: 'Namespaced', names: { plural: 'ships', singular: 'ship', kind: 'Ship', shortNames: ['sh'] }, versions: [version('v1')], ...changes },
});

const ship = (of: object, name = 'otto', apiVersion = `${group}/v1`) => ({ apiVersion, kind: 'Ship', metadata: { name }, spec: of });

class Harbour {
  readonly cluster = new Cluster({ freeze: true });

  ask(request: Partial<ApiRequest>): ApiResponse & { readonly body: never } {
    return this.cluster.request({ ...ships, ...request } as ApiRequest) as ApiResponse & { readonly body: never };
  }

  define(changes: object = {}): ApiResponse & { readonly body: never } {
    const answer = this.cluster.request({ ...definitions, verb: 'create', body: definition(changes) });
    this.cluster.advance(1_000);
    return answer as ApiResponse & { readonly body: never };
  }
}

function harbour(changes: object = {}): Harbour {
  const made = new Harbour();
  expect((made.define(changes).body as { message?: string }).message).toBeUndefined();
  return made;
}

function checkRefused(object: object, message: string): void {
  const answer = harbour().ask({ verb: 'create', body: object, options: { fieldValidation: 'Strict' } });
  expect((answer.body as { message: string }).message).toBe(message);
}

test('[CR1] a definition is accepted and established, and its kinds are served', () => {
  const made = harbour();
  const { status } = made.cluster.request({ ...definitions, verb: 'get', name: `ships.${group}` }).body as unknown as {
    status: { conditions: readonly object[]; storedVersions: readonly string[]; acceptedNames: object };
  };
  expect(status.conditions).toMatchObject([
    { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
    { type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message: 'the initial names have been accepted' },
  ]);
  expect(status.storedVersions).toEqual(['v1']);
  expect(status.acceptedNames).toMatchObject({ kind: 'Ship', listKind: 'ShipList' });
  expect(made.ask({ verb: 'list' }).body).toMatchObject({ kind: 'ShipList', apiVersion: `${group}/v1`, items: [] });
});

test('[CR2] defaults are filled in, unknown fields dropped except where they are kept', () => {
  const answer = harbour().ask({ verb: 'create', body: ship({ crew: 2, sails: 4, free: { any: [1] }, decks: [{ name: 'sun', color: 'red' }] }) });
  expect(answer.code).toBe(201);
  expect(answer.warnings).toEqual(['unknown field "spec.decks[0].color"', 'unknown field "spec.sails"']);
  expect(answer.body).toMatchObject({ metadata: { generation: 1 } });
  expect((answer.body as { spec: object }).spec).toEqual({ crew: 2, kind: 'tug', free: { any: [1] }, decks: [{ name: 'sun' }] });
});

test('[CR3] unknown fields are an error where the request is strict', () => {
  checkRefused(ship({ crew: 2, sails: 4 }), 'Ship in version "v1" cannot be handled as a Ship: strict decoding error: unknown field "spec.sails"');
});

test("[CR4] the schema's findings, in its words", () => {
  checkRefused(
    ship({ crew: 12, kind: 'boat', name: '9' }),
    `Ship.${group} "otto" is invalid: [spec.crew: Invalid value: 12: spec.crew in body should be less than or equal to 9, spec.kind: Unsupported value: "boat": supported values: "tug", "liner", spec.name: Invalid value: "9": spec.name in body should match '^[a-z]+$', <nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation]`,
  );
  checkRefused(
    ship({ crew: 'two' }),
    `Ship.${group} "otto" is invalid: [spec.crew: Invalid value: "string": spec.crew in body must be of type integer: "string", .spec.crew: Invalid value: 0: .spec.crew accessor error: two is of the type string, expected int64, <nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation]`,
  );
  checkRefused(
    ship({ crew: 2, port: true }),
    `Ship.${group} "otto" is invalid: [spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean", <nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation]`,
  );
  checkRefused(ship({ crew: 2, decks: [{ name: 'a' }, { name: 'a' }] }), `Ship.${group} "otto" is invalid: spec.decks[1]: Duplicate value: {"name":"a"}`);
});

test('[CR5] rules are evaluated, also about changes', () => {
  checkRefused(ship({ crew: 2, kind: 'liner' }), `Ship.${group} "otto" is invalid: spec: Invalid value: a liner needs more crew`);
  const made = harbour();
  made.ask({ verb: 'create', body: ship({ crew: 3 }) });
  const answer = made.ask({ verb: 'patch', name: 'otto', patchType: 'merge', body: { spec: { crew: 1 } } });
  expect((answer.body as { message: string }).message).toBe(`Ship.${group} "otto" is invalid: spec.crew: Forbidden: crew may not shrink from 3`);
});

test('[CR6] the status has its own door, and changes no generation', () => {
  const made = harbour();
  made.ask({ verb: 'create', body: { ...ship({ crew: 3 }), status: { phase: 'sunk' } } });
  const body = { status: { phase: 'sailing' } };
  expect(made.ask({ verb: 'patch', name: 'otto', patchType: 'merge', body }).body).not.toHaveProperty('status');
  expect(made.ask({ verb: 'patch', name: 'otto', patchType: 'merge', subresource: 'status', body }).body).toMatchObject({
    status: { phase: 'sailing' },
    metadata: { generation: 1 },
  });
  expect(made.ask({ verb: 'patch', name: 'otto', patchType: 'merge', body: { spec: { crew: 4 } } }).body).toMatchObject({
    metadata: { generation: 2 },
    status: { phase: 'sailing' },
  });
});

test('[CR7] scale reads and writes where the definition says', () => {
  const made = harbour();
  made.ask({ verb: 'create', body: ship({ crew: 3 }) });
  expect(made.ask({ verb: 'get', name: 'otto', subresource: 'scale' }).body).toMatchObject({ kind: 'Scale', spec: { replicas: 3 }, status: { replicas: 0 } });
  expect(made.ask({ verb: 'patch', name: 'otto', subresource: 'scale', patchType: 'merge', body: { spec: { replicas: 5 } } }).body).toMatchObject({
    spec: { replicas: 5 },
  });
  expect(made.ask({ verb: 'get', name: 'otto' }).body).toMatchObject({ spec: { crew: 5 }, metadata: { generation: 2 } });
});

test.each([
  ['.spec.free', '.spec.free accessor error: map[a:1] is of the type map[string]interface {}, expected int64'],
  ['.spec.kind.x', '.spec.kind.x accessor error: tug is of the type string, expected map[string]interface{}'],
  ['.spec.name', '.spec.name accessor error: anna is of the type string, expected int64'],
])('[CR7] a definition that names %s for replicas, when there are objects already', (specReplicasPath, message) => {
  const made = harbour();
  made.ask({ verb: 'create', body: ship({ crew: 3, free: { a: 1 }, name: 'anna' }) });
  const versions = [version('v1', { subresources: { scale: { specReplicasPath, statusReplicasPath: '.status.crew' } } })];
  const changed = { ...definitions, verb: 'patch', patchType: 'merge', name: `ships.${group}`, body: { spec: { versions } } } as const;
  expect(made.cluster.request(changed).code).toBe(200);
  for (const verb of ['get', 'patch'] as const) {
    const answer = made.ask({ verb, name: 'otto', subresource: 'scale', patchType: 'merge', body: {} });
    expect(answer).toMatchObject({ code: 500, body: { message } });
  }
  const written = made.ask({ verb: 'patch', name: 'otto', patchType: 'merge', body: { spec: { crew: 4 } } });
  expect((written.body as { message: string }).message).toContain(`${specReplicasPath}: Invalid value: 0: ${message}`);
});

test('[CR7] of an object without such a subresource it is the object that is not found', () => {
  const made = harbour({ versions: [version('v1', { subresources: {} })] });
  made.ask({ verb: 'create', body: ship({ crew: 3 }) });
  for (const subresource of ['scale', 'status', 'nope'])
    expect(made.ask({ verb: 'get', name: 'otto', subresource })).toMatchObject({
      code: 404,
      body: { message: `ships.${group} "otto" not found`, details: { name: 'otto', group, kind: 'ships' } },
    });
});

test('[CR8] strategic merge patches are not for custom kinds', () => {
  const made = harbour();
  made.ask({ verb: 'create', body: ship({ crew: 3 }) });
  expect(made.ask({ verb: 'patch', name: 'otto', patchType: 'strategic', body: {} })).toMatchObject({ code: 415, body: { reason: 'UnsupportedMediaType' } });
});

test('[CR9] server-side apply merges lists by the keys of the schema', () => {
  const made = harbour();
  const apply = (by: string, decks: readonly object[]) =>
    made.ask({ verb: 'patch', name: 'otto', patchType: 'apply', options: { fieldManager: by }, body: ship({ crew: 3, decks }) });
  apply('one', [{ name: 'sun', beds: 2 }]);
  expect(apply('two', [{ name: 'main', beds: 4 }]).body).toMatchObject({ spec: { decks: [{ name: 'sun' }, { name: 'main' }] } });
  expect(apply('two', [{ name: 'sun', beds: 9 }]).body).toMatchObject({
    message: 'Apply failed with 1 conflict: conflict with "one": .spec.decks[name="sun"].beds',
  });
});

test('[CR10] every served version shows the same objects', () => {
  const made = harbour({ versions: [version('v1'), version('v2', { deprecated: true })] });
  made.ask({ verb: 'create', version: 'v2', body: ship({ crew: 3 }, 'otto', `${group}/v2`) });
  expect(made.ask({ verb: 'get', name: 'otto', version: 'v1' })).toMatchObject({ body: { apiVersion: `${group}/v1` }, warnings: [] });
  expect(made.ask({ verb: 'get', name: 'otto', version: 'v2' }).warnings).toEqual([`${group}/v2 Ship is deprecated`]);
  expect(made.ask({ verb: 'list', version: 'v2' }).body).toMatchObject({ apiVersion: `${group}/v2`, items: [{ apiVersion: `${group}/v2` }] });
});

test('[CR10] a deprecated version recommends the best that is not', () => {
  const made = harbour({ versions: [version('v1'), version('v1beta1', { deprecated: true }), version('v2alpha1')] });
  expect(made.ask({ verb: 'list', version: 'v1beta1' }).warnings).toEqual([`${group}/v1beta1 Ship is deprecated; use ${group}/v1 Ship`]);
});

test('[CR10] what was stored gets the defaults of a schema that came later, and loses what left it', () => {
  const made = harbour();
  made.ask({ verb: 'create', body: ship({ crew: 3, decks: [{ name: 'sun' }] }) });
  const path = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties';
  const body = [
    { op: 'add', path: `${path}/sails`, value: { type: 'integer', default: 2 } },
    { op: 'remove', path: `${path}/decks` },
  ];
  const changed = made.cluster.request({ ...definitions, verb: 'patch', patchType: 'json', name: `ships.${group}`, body });
  expect(changed.code).toBe(200);
  made.cluster.advance(1_000);
  const { spec } = made.ask({ verb: 'get', name: 'otto' }).body as { spec: object };
  expect(spec).toEqual({ crew: 3, kind: 'tug', sails: 2 });
  expect(made.ask({ verb: 'list' }).body).toMatchObject({ items: [{ spec }] });
});

test('[CR11] a field selector may name the selectable fields', () => {
  const made = harbour();
  made.ask({ verb: 'create', body: ship({ crew: 3 }) });
  made.ask({ verb: 'create', body: ship({ crew: 7, kind: 'liner' }, 'anna') });
  const { items } = made.ask({ verb: 'list', options: { fieldSelector: 'spec.kind=liner' } }).body as { items: readonly { metadata: { name: string } }[] };
  expect(items.map(({ metadata }) => metadata.name)).toEqual(['anna']);
  expect(made.ask({ verb: 'list', options: { fieldSelector: 'spec.crew=3' } })).toMatchObject({ code: 400 });
});

test('[CR12] objects go with their definition, and the kind with them', () => {
  const made = harbour();
  made.ask({ verb: 'create', body: ship({ crew: 3 }) });
  made.cluster.request({ ...definitions, verb: 'delete', name: `ships.${group}` });
  made.cluster.advance(1_000);
  expect(made.cluster.store.collection(`ships.${group}`).size).toBe(0);
  expect(made.cluster.store.collection('customresourcedefinitions.apiextensions.k8s.io').size).toBe(0);
  expect(made.ask({ verb: 'list' })).toMatchObject({ code: 404 });
});

test('[CR13] a finalizer keeps an object, and with it the definition', () => {
  const made = harbour();
  made.ask({ verb: 'create', body: { ...ship({ crew: 3 }), metadata: { name: 'otto', finalizers: ['sea.example.com/anchor'] } } });
  made.cluster.request({ ...definitions, verb: 'delete', name: `ships.${group}` });
  made.cluster.advance(60_000);
  const { status } = made.cluster.request({ ...definitions, verb: 'get', name: `ships.${group}` }).body as unknown as {
    status: { conditions: readonly object[] };
  };
  expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Terminating', status: 'True', reason: 'InstanceDeletionInProgress' }));
  expect(made.ask({ verb: 'create', body: ship({ crew: 3 }, 'late') })).toMatchObject({
    code: 405,
    body: { message: 'create not allowed while custom resource definition is terminating' },
  });
  made.ask({ verb: 'patch', name: 'otto', patchType: 'merge', body: { metadata: { finalizers: null } } });
  made.cluster.advance(6_000);
  expect(made.ask({ verb: 'list' })).toMatchObject({ code: 404 });
});

test('[CR14] custom objects go with their namespace and their owner', () => {
  const made = harbour();
  made.cluster.request({ group: '', resource: 'namespaces', verb: 'create', body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bay' } } });
  made.ask({ verb: 'create', namespace: 'bay', body: ship({ crew: 3 }) });
  const owner = made.ask({ verb: 'create', body: ship({ crew: 3 }) }).body as { metadata: { uid: string } };
  const ownerReferences = [{ apiVersion: `${group}/v1`, kind: 'Ship', name: 'otto', uid: owner.metadata.uid }];
  made.ask({ verb: 'create', body: { ...ship({ crew: 3 }), metadata: { name: 'boat', ownerReferences } } });
  made.ask({ verb: 'delete', name: 'otto' });
  made.cluster.request({ group: '', resource: 'namespaces', verb: 'delete', name: 'bay' });
  made.cluster.advance(60_000);
  expect([...made.cluster.store.collection(`ships.${group}`).keys()]).toEqual([]);
});

test('[CR15] a fork has the same kinds and goes its own way', () => {
  const made = harbour();
  const fork = made.cluster.fork();
  fork.request({ ...definitions, verb: 'delete', name: `ships.${group}` });
  fork.advance(1_000);
  expect(fork.request({ ...ships, verb: 'list' })).toMatchObject({ code: 404 });
  expect(made.ask({ verb: 'list' })).toMatchObject({ code: 200 });
});

test('[CR19] a quota charges custom objects and gives back what is gone, also of those that were there before it', () => {
  const made = harbour();
  const name = `count/ships.${group}`;
  const quotas = { group: '', resource: 'resourcequotas', namespace: 'default', name: 'fleet' };
  const used = () => (made.cluster.request({ ...quotas, verb: 'get' }).body as { status?: { used?: Record<string, string> } }).status?.used?.[name];
  const create = (ship1: string) => made.ask({ verb: 'create', body: { ...ship({ crew: 3 }), metadata: { name: ship1 } } });
  create('first');
  made.cluster.request({
    ...quotas,
    verb: 'create',
    body: { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'fleet' }, spec: { hard: { [name]: '2' } } },
  });
  made.cluster.advance(1_000);
  expect(used()).toBe('1');
  expect([create('second').code, create('third').code, used()]).toEqual([201, 403, '2']);
  made.ask({ verb: 'delete', name: 'first' });
  made.cluster.advance(1_000);
  expect([used(), create('third').code, used()]).toEqual(['1', 201, '2']);
  made.cluster.request({ ...definitions, verb: 'delete', name: `ships.${group}` });
  made.cluster.advance(10_000);
  expect(used()).toBe('0');
});

test.each([
  [{ names: { plural: 'boats', kind: 'Ship' } }, 'metadata.name: Invalid value: "ships.sea.example.com": must be spec.names.plural+"."+spec.group'],
  [{ scope: 'World' }, 'spec.scope: Unsupported value: "World": supported values: "Cluster", "Namespaced"'],
  [{ versions: [version('v1', { storage: false })] }, 'must have exactly one version marked as storage version'],
  [
    { versions: [version('v1', { schema: undefined })] },
    'spec.versions[0].schema.openAPIV3Schema: Required value, spec.selectableFields: Invalid value: "": may only be set when validations.schema is included',
  ],
  [
    { preserveUnknownFields: true },
    'spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
  ],
  [
    { versions: [version('v1', { additionalPrinterColumns: [{ name: 'A', type: 'text', jsonPath: 'spec' }] })] },
    '[spec.additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string, spec.additionalPrinterColumns[0].JSONPath: Invalid value: "spec": must be a simple json path starting with .]',
  ],
  [
    {
      versions: [
        version('v1', {
          subresources: {},
          selectableFields: [],
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: { properties: { a: { type: 'array' } } } } } },
        }),
      ],
    },
    '[spec.validation.openAPIV3Schema.properties[spec].properties[a].items: Required value: must be specified, spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields]',
  ],
  [
    {
      versions: [
        version('v1', {
          subresources: {},
          selectableFields: [],
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-validations': [{ rule: 'self.foo' }] } },
        }),
      ],
    },
    "compilation failed: ERROR: <input>:1:5: undefined field 'foo'\n | self.foo\n | ....^",
  ],
])('[CR16] a definition with %j is refused', (changes, message) => {
  const answer = new Harbour().define(changes);
  expect(answer.code).toBe(422);
  expect((answer.body as { message: string }).message).toContain(message);
});

test('[CR17] a name that another definition of the group has taken is not accepted', () => {
  const made = harbour();
  const other = { ...definition({ names: { plural: 'vessels', kind: 'Ship' } }), metadata: { name: `vessels.${group}` } };
  made.cluster.request({ ...definitions, verb: 'create', body: other });
  made.cluster.advance(1_000);
  const { status } = made.cluster.request({ ...definitions, verb: 'get', name: `vessels.${group}` }).body as unknown as {
    status: { conditions: readonly object[] };
  };
  expect(status.conditions).toMatchObject([
    { type: 'NamesAccepted', status: 'False', reason: 'ListKindConflict', message: '"ShipList" is already in use' },
    { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' },
  ]);
});

test('[CR18] what an update leaves as it was is not judged again', () => {
  const made = harbour();
  made.ask({ verb: 'create', body: ship({ crew: 9, name: 'abc' }) });
  const stricter = version('v1', {
    schema: {
      openAPIV3Schema: { type: 'object', properties: { spec: { ...spec, properties: { ...spec.properties, name: { type: 'string', maxLength: 2 } } } } },
    },
  });
  const patched = made.cluster.request({ ...definitions, verb: 'patch', name: `ships.${group}`, patchType: 'merge', body: { spec: { versions: [stricter] } } });
  expect(patched.code).toBe(200);
  expect(made.ask({ verb: 'patch', name: 'otto', patchType: 'merge', body: { spec: { kind: 'liner' } } })).toMatchObject({ code: 200 });
  expect(made.ask({ verb: 'patch', name: 'otto', patchType: 'merge', body: { spec: { name: 'abcd' } } })).toMatchObject({ code: 422 });
});
