// CustomResourceDefinitions: what a real API server said to them.
import { expect, test } from 'vitest';
import type { CustomResourceDefinition } from '../../server/src/schema/generated/types.ts';
import { findingsIn, warningsOf, withDefaults } from './objects.ts';

type Fields = Readonly<Record<string, unknown>>;

const list = { type: 'array', items: { type: 'object', properties: { k: { type: 'string' } }, required: ['k'] } };
const own = { a: { type: 'string' }, n: { type: 'integer' }, l: list };
const schema = (properties: Fields = own, more: Fields = {}) => ({
  openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } }, ...more },
});
const version = (name: string, more: Fields = {}) => ({ name, served: true, storage: name === 'v1', schema: schema(), ...more });

function definition(versions: readonly Fields[], more: Fields = {}): CustomResourceDefinition {
  const names = { plural: 'ships', singular: 'ship', kind: 'Ship', listKind: 'ShipList' };
  return withDefaults({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'ships.sea.io' },
    spec: { group: 'sea.io', scope: 'Namespaced', names, versions, ...more },
  });
}

const findingsOf = (...versions: readonly Fields[]) => findingsIn(definition(versions));
const ofProperties = (properties: Fields) => findingsOf(version('v1', { schema: schema(properties) }));
const inside = 'spec.validation.openAPIV3Schema.properties[spec].properties';

test('[D1] what all versions say is wrong with the definition, what one says with that one', () => {
  const columns = { additionalPrinterColumns: [{ name: 'A', type: 'x', jsonPath: 'a' }] };
  const found = (at: string) => [
    `${at}.additionalPrinterColumns[0].type: Invalid value: "x": must be one of boolean,date,integer,number,string`,
    `${at}.additionalPrinterColumns[0].JSONPath: Invalid value: "a": must be a simple json path starting with .`,
  ];
  expect(findingsOf(version('v1', columns))).toEqual(found('spec'));
  expect(findingsOf(version('v1', columns), version('v2', columns))).toEqual(found('spec'));
  expect(findingsOf(version('v1', columns), version('v2'))).toEqual(found('spec.versions[0]'));
  expect(findingsOf({ name: 'v1', served: true, storage: true })).toEqual(['spec.versions[0].schema.openAPIV3Schema: Required value']);
  const scale = { specReplicasPath: '.x', statusReplicasPath: '.status.r', labelSelectorPath: '.x' };
  expect(findingsOf(version('v1', { subresources: { scale } }))).toEqual([
    'spec.subresources.scale.specReplicasPath: Invalid value: ".x": should be a json path under .spec',
    'spec.subresources.scale.labelSelectorPath: Invalid value: ".x": should be a json path under either .spec or .status',
  ]);
});

test('[D2] one version is stored, and the first one is looked at twice', () => {
  const printed =
    '{"Name":"v1","Served":true,"Storage":false,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}';
  expect(findingsOf({ ...version('v1'), storage: false })).toEqual([
    `spec.versions: Invalid value: [${printed}]: must have exactly one version marked as storage version`,
    'status.storedVersions: Invalid value: null: must have at least one stored version',
  ]);
  const label = expect.stringContaining('Invalid value: "V1": a DNS-1035 label must consist of');
  const found = findingsOf({ ...version('V1'), storage: true });
  expect(found).toEqual([label, label]);
  expect(found.map((text) => text.split(':')[0])).toEqual(['spec.versions[0].name', 'spec.version']);
});

test('[D3] with a status, only some keywords stand at the root', () => {
  const [found] = findingsOf(version('v1', { subresources: { status: {} }, schema: schema(own, { allOf: [{}] }) }));
  expect(found).toContain('spec.validation.openAPIV3Schema: Invalid value: {"ID":"","Schema":"","Ref":null,"Description":"","Type":"object","Nullable":false');
  expect(found).toContain('fields are allowed at the root of the schema if the status subresource is enabled');
});

test('[D4] selectable fields are paths to scalars', () => {
  const paths = ['.spec.a', '.spec.a', '.spec.l', '.metadata.name', 'spec', ".spec['a']"];
  expect(findingsOf(version('v1', { selectableFields: paths.map((jsonPath) => ({ jsonPath })) }))).toEqual([
    'spec.selectableFields[1].jsonPath: Duplicate value: ".spec.a"',
    'spec.selectableFields[2].jsonPath: Invalid value: ".spec.l": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
    'spec.selectableFields[3].jsonPath: Invalid value: ".metadata.name": is an invalid path: does not refer to a valid field',
    'spec.selectableFields[4].jsonPath: Invalid value: "spec": is an invalid path: expected [ or . but got: spec',
    'spec.selectableFields[5].jsonPath: Invalid value: ".spec[\'a\']": is an invalid path: array notation is not allowed',
  ]);
});

test('[D5] rules: their form, then whether they compile', () => {
  const rules = (...validations: readonly Fields[]) => ofProperties({ ...own, a: { type: 'string', 'x-kubernetes-validations': validations } });
  const at = `${inside}[a].x-kubernetes-validations`;
  expect(rules({ rule: 'self.b' })).toEqual([
    expect.stringContaining(
      `${at}[0].rule: Invalid value: {"Rule":"self.b","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: `,
    ),
  ]);
  const printed = (expression: string) =>
    `{"Rule":"self == 'x'","Message":"","MessageExpression":"${expression}","Reason":null,"FieldPath":"","OptionalOldSelf":null}`;
  expect(rules({ rule: "self == 'x'", messageExpression: 'b' }, { rule: "self == 'x'", messageExpression: '1' })).toEqual([
    `${at}[0].messageExpression: Invalid value: ${printed('b')}: messageExpression compilation failed: ERROR: <input>:1:1: undeclared reference to 'b' (in container '')\n | b\n | ^`,
    `${at}[1].messageExpression: Invalid value: ${printed('1')}: messageExpression must evaluate to a string`,
  ]);
  expect(rules({ rule: 'self == "a"\n', message: 'a\nb', fieldPath: 'x' }, { rule: '', reason: 'X', messageExpression: ' ' })).toEqual([
    `${at}[0].message: Invalid value: "a\\nb": must not contain line breaks`,
    `${at}[0].fieldPath: Invalid value: "x": must be a valid path`,
    `${at}[1].rule: Required value: rule is not specified`,
    `${at}[1].messageExpression: Required value: messageExpression must be non-empty if specified`,
    `${at}[1].reason: Unsupported value: "X": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"`,
  ]);
});

test('[D6] elements of a list have no former self', () => {
  const validations = [{ rule: 'self == oldSelf' }, { rule: 'self != ""', optionalOldSelf: true }];
  const found = ofProperties({ l: { type: 'array', items: { type: 'string', 'x-kubernetes-validations': validations } } });
  expect(found).toContain(
    `${inside}[l].items.x-kubernetes-validations[0].rule: Invalid value: "self == oldSelf": oldSelf cannot be used on the uncorrelatable portion of the schema within ${inside}[l]`,
  );
  expect(found).toContain(`${inside}[l].items.x-kubernetes-validations[1].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule`);
});

test('[D7] keys of a list', () => {
  const items = { type: 'object', nullable: true, properties: { k: { type: 'string', nullable: true }, o: { type: 'object' } } };
  const keyed = { type: 'array', items, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k', 'o', 'z', 'z'] };
  const keys = `${inside}[l].x-kubernetes-list-map-keys: Invalid value: ["k","o","z","z"]`;
  const required = 'Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property';
  expect(ofProperties({ l: keyed })).toEqual([
    `${inside}[l].items.properties[o].type: Invalid value: "object": must be a scalar type if parent array's x-kubernetes-list-type is map`,
    `${keys}: entries must all be names of item properties`,
    `${keys}: entries must all be names of item properties`,
    `${keys}: must not contain duplicate entries`,
    `${inside}[l].items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is map`,
    `${inside}[l].items.properties[k].default: ${required}`,
    `${inside}[l].items.properties[k].nullable: Forbidden: this property is in x-kubernetes-list-map-keys, so it cannot be nullable`,
    `${inside}[l].items.properties[o].default: ${required}`,
  ]);
});

test('[D8] nothing is kept that no schema knows', () => {
  expect(findingsIn(definition([version('v1')], { preserveUnknownFields: true }))).toEqual([
    'spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
  ]);
});

test('[D9] formats that nobody checks are warned of, once', () => {
  const properties = { a: { type: 'string', format: 'x' }, n: { type: 'integer', format: 'int8' }, d: { type: 'string', format: 'date-time' } };
  const next = definition([version('v1', { schema: schema(properties) })]);
  expect(warningsOf(next)).toEqual(['unrecognized format "x"', 'unrecognized format "int8"']);
  expect(warningsOf(next, definition([version('v1', { schema: schema({ a: { type: 'string', format: 'x' } }) })]))).toEqual(['unrecognized format "int8"']);
});
