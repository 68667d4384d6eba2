// The table of this project against the OpenAPI document that Kubernetes publishes for 1.36: every type, every property.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { describeField } from '../../server/src/schema/descriptions.ts';
import type { Field, FieldType } from '../../server/src/schema/fields.ts';
import { fieldsOf, typeNames } from '../../server/src/schema/fields.ts';

interface Property {
  readonly type?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly description?: string;
  readonly [extension: `x-kubernetes-${string}`]: unknown;
}

interface Definition extends Property {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

const document = gunzipSync(readFileSync(new URL('swagger-1.36.json.gz', import.meta.url))).toString();
const { definitions } = JSON.parse(document) as { definitions: Readonly<Record<string, Definition>> };
const ours = new Set(typeNames());

/** 'io.k8s.api.resource.v1beta1.Device' → 'ResourceV1beta1Device'; types of served versions have the plain name where it is free. */
function typeName(id: string): string {
  const [group = '', version = '', tail = ''] = id.split('.').slice(-3);
  const long = [group, version].map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('') + tail;
  return ours.has(long) ? long : tail;
}

const properties = Object.entries(definitions).flatMap(([id, definition]) =>
  Object.entries(definition.properties ?? {}).map(([name, property]) => ({ id, name, property, definition, field: fieldsOf(typeName(id)).get(name) })),
);

type Row = (typeof properties)[number];

/** Names of the properties for which the two do not agree. */
function differing(rows: readonly Row[], official: (row: Row) => unknown, own: (row: Row & { readonly field: Field }) => unknown): readonly string[] {
  return rows.flatMap((row) => {
    const { field } = row;
    const isSame = field !== undefined && JSON.stringify(official(row)) === JSON.stringify(own({ ...row, field }));
    return isSame ? [] : [`${row.id}.${row.name}`];
  });
}

const wireTypes: Readonly<Record<string, string>> = { Quantity: 'quantity', IntOrString: 'intOrString', Time: 'time', MicroTime: 'microTime' };
const anything = new Set(['RawExtension', 'FieldsV1', 'JSON', 'JSONSchemaPropsOrArray', 'JSONSchemaPropsOrBool', 'JSONSchemaPropsOrStringArray']);

/** 'list of DeviceTaint', 'map of quantity', 'string:byte'. */
function officialType(property: Property): string {
  if (property.items) return `list of ${officialType(property.items)}`;
  if (property.additionalProperties) return `map of ${officialType(property.additionalProperties)}`;
  if (property.$ref === undefined) return property.type === 'object' ? 'any' : [property.type ?? 'any', property.format].filter(Boolean).join(':');
  const id = property.$ref.slice('#/definitions/'.length);
  const tail = id.slice(id.lastIndexOf('.') + 1);
  return wireTypes[tail] ?? (anything.has(tail) ? 'any' : typeName(id));
}

function ownType(type: FieldType): string {
  switch (type.is) {
    case 'list':
    case 'map':
      return `${type.is} of ${ownType(type.of)}`;
    case 'object':
      return type.type;
    case 'bytes':
      return 'string:byte';
    default:
      return [type.is, type.format].filter(Boolean).join(':');
  }
}

const withoutBreaks = (text: string | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();

test('all 3,137 properties of the official document are there', () => {
  expect({ definitions: Object.keys(definitions).length, properties: properties.length }).toEqual({ definitions: 771, properties: 3137 });
  expect(properties.filter(({ field }) => !field).map(({ id, name }) => `${id}.${name}`)).toEqual([]);
});

test('no type has a property that the official document does not know', () => {
  const extra = Object.entries(definitions).flatMap(([id, { properties: known = {} }]) =>
    [...fieldsOf(typeName(id)).keys()].filter((name) => !Object.hasOwn(known, name)),
  );
  expect(extra).toEqual([]);
});

test('types and formats are equal', () => {
  expect(
    differing(
      properties,
      ({ property }) => officialType(property),
      ({ field }) => ownType(field.type),
    ),
  ).toEqual([]);
});

test('required properties are equal', () => {
  expect(
    differing(
      properties,
      ({ definition, name }) => definition.required?.includes(name) ?? false,
      ({ field }) => field.required,
    ),
  ).toEqual([]);
});

test('list types and list keys are equal', () => {
  const lists = properties.filter(({ property, field }) => property['x-kubernetes-list-type'] !== undefined || field?.list);
  expect(lists.length).toBeGreaterThan(300);
  const official = ({ property }: Row) => [
    property['x-kubernetes-list-type'],
    ...((property['x-kubernetes-list-map-keys'] as readonly string[] | undefined) ?? []),
  ];
  expect(differing(lists, official, ({ field }) => [field.list?.type, ...(field.list?.keys ?? [])])).toEqual([]);
});

test('patch strategies and merge keys are equal', () => {
  const patched = properties.filter(({ property, field }) => property['x-kubernetes-patch-strategy'] !== undefined || field?.patch);
  expect(patched.length).toBeGreaterThan(55);
  const official = ({ property }: Row) => [property['x-kubernetes-patch-strategy'], property['x-kubernetes-patch-merge-key']];
  expect(differing(patched, official, ({ field }) => [field.patch?.strategies.join(','), field.patch?.mergeKey])).toEqual([]);
});

test('map types are equal, of the property or of the type that it holds', () => {
  const official = ({ property }: Row) =>
    property['x-kubernetes-map-type'] ?? definitions[property.$ref?.slice('#/definitions/'.length) ?? '']?.['x-kubernetes-map-type'];
  expect(differing(properties, official, ({ field }) => field.mapType)).toEqual([]);
});

/** A server says what the values of an enum mean; the published document does not. */
const withoutValues = (text: string | undefined) => text?.split('\n\nPossible enum values:')[0];

test('what the values of an enum mean is told behind the text of a field', () => {
  expect(describeField('DeploymentStrategy', 'type')).toBe(
    'Type of deployment. Can be "Recreate" or "RollingUpdate". Default is RollingUpdate.\n\nPossible enum values:\n - `"Recreate"` Kill all existing pods before creating new ones.\n - `"RollingUpdate"` Replace the old ReplicaSets by new one using rolling update i.e gradually scale down the old ReplicaSets and scale up the new one.',
  );
});

test('the descriptions of all 3,087 properties that have one are equal', () => {
  const described = properties.filter(({ property }) => property.description);
  expect(described).toHaveLength(3087);
  expect(
    differing(
      described,
      ({ property }) => withoutBreaks(property.description),
      ({ id, name }) => withoutBreaks(withoutValues(describeField(typeName(id), name))),
    ),
  ).toEqual([]);
});
