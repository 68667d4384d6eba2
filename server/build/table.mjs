// Schemas, discovery and printer columns → one JSON text in server/src/schema/generated/table.ts, read by kinds.ts, fields.ts and columns.ts.
import { moduleOf } from './module.mjs';

export function tableModule({ schemas, unserved, names, tables, version }, kinds) {
  const all = { ...schemas, ...unserved };
  return moduleOf('table', { version, kinds, types: typeRows(all, names), packages: packageRows(all, names), columns: columnRows(tables) }, version);
}

// ---- kinds ----

/** One row for every kind that discovery names. */
export function kindRows({ schemas, discovery, names }) {
  const idOf = new Map();
  for (const [id, schema] of Object.entries(schemas)) {
    for (const gvk of schema['x-kubernetes-group-version-kind'] ?? []) idOf.set(`${gvk.group}/${gvk.version}/${gvk.kind}`, id);
  }
  const served = Object.values(discovery).flatMap((list) =>
    list.items.flatMap((item) => item.versions.map((v) => ({ group: item.metadata.name ?? '', version: v.version, resources: v.resources }))),
  );
  const rows = served.flatMap(({ group, version, resources }) =>
    resources.map((resource) => kindRow(group, version, resource, names[idOf.get(`${group}/${version}/${resource.responseKind.kind}`)])),
  );
  const seen = new Set(rows.map((row) => `${row.group}/${row.version}/${row.kind}`));
  // Kinds that are only the body of a subresource (Scale, Eviction, TokenRequest) are decoded too: they get a row without a resource.
  for (const sub of rows.flatMap((row) => row.subresources)) {
    const [group, version] = split(sub.apiVersion);
    const id = idOf.get(`${group}/${version}/${sub.kind}`);
    if (!id || seen.has(`${group}/${version}/${sub.kind}`)) continue;
    seen.add(`${group}/${version}/${sub.kind}`);
    rows.push({
      group,
      version,
      kind: sub.kind,
      resource: '',
      singular: '',
      namespaced: true,
      verbs: [],
      shortNames: [],
      categories: [],
      type: names[id],
      subresources: [],
    });
  }
  return rows;
}

function kindRow(group, version, resource, type) {
  const { kind } = resource.responseKind;
  const own = group ? `${group}/${version}` : version;
  const subresources = (resource.subresources ?? []).map(({ subresource, responseKind, verbs }) => ({
    name: subresource,
    kind: responseKind?.kind ?? kind,
    apiVersion: responseKind?.version ? [responseKind.group, responseKind.version].filter(Boolean).join('/') : own,
    verbs,
  }));
  return {
    group,
    version,
    kind,
    resource: resource.resource,
    singular: resource.singularResource,
    namespaced: resource.scope === 'Namespaced',
    verbs: resource.verbs,
    shortNames: resource.shortNames ?? [],
    categories: resource.categories ?? [],
    type,
    subresources,
  };
}

const split = (apiVersion) => (apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]);

// ---- names ----

/** `{ 'io.k8s.api.autoscaling.v2': { HorizontalPodAutoscaler: 'AutoscalingV2HorizontalPodAutoscaler', MetricSpec: 0 } }`; 0 is the same name. */
function packageRows(schemas, names) {
  const rows = {};
  for (const id of Object.keys(schemas)) {
    const dot = id.lastIndexOf('.');
    const tail = id.slice(dot + 1);
    (rows[id.slice(0, dot)] ??= {})[tail] = names[id] === tail ? 0 : names[id];
  }
  return rows;
}

// ---- fields ----

/** `{ DeploymentSpec: { replicas: 'int32', selector: ['LabelSelector', { r: 1 }] } }`; see server/src/schema/fields.ts for the letters. */
function typeRows(schemas, names) {
  const rows = {};
  for (const [id, schema] of Object.entries(schemas)) {
    if (scalarOf(id, schema)) continue;
    const required = new Set(schema.required);
    rows[names[id]] = Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([field, value]) => [field, fieldRow(value, required.has(field), schemas, names)]),
    );
  }
  return rows;
}

function fieldRow(value, required, schemas, names) {
  const code = codeOf(value, schemas, names);
  const extra = {};
  if (required) extra.r = 1;
  if ('default' in value) extra.d = value.default;
  const leaf = leafOf(value);
  if (leaf.enum) extra.e = leaf.enum;
  if (value['x-kubernetes-list-type']) extra.l = [value['x-kubernetes-list-type'], ...(value['x-kubernetes-list-map-keys'] ?? [])];
  // 'merge,retainKeys' is one extension with two strategies.
  if (value['x-kubernetes-patch-strategy'])
    extra.p = [value['x-kubernetes-patch-strategy'].split(','), ...[value['x-kubernetes-patch-merge-key']].filter(Boolean)];
  const mapType = value['x-kubernetes-map-type'] ?? (refOf(value) && schemas[refOf(value)]['x-kubernetes-map-type']);
  if (mapType) extra.m = mapType;
  const element = value.items && refOf(value.items);
  if ((element && schemas[element]['x-kubernetes-map-type'] === 'atomic') || refOf(value)?.endsWith('.RawExtension')) extra.w = 1;
  return Object.keys(extra).length > 0 ? [code, extra] : code;
}

const leafOf = (value) => (value.items ? leafOf(value.items) : value.additionalProperties ? leafOf(value.additionalProperties) : value);
const refOf = (value) => (value.$ref ?? value.allOf?.[0].$ref)?.split('/').at(-1);

/** 'string', 'int32', '[]Container', '{}quantity', 'DeploymentSpec'. */
function codeOf(value, schemas, names) {
  const id = refOf(value);
  if (id) return scalarOf(id, schemas[id]) ?? names[id];
  if (value.type === 'array') return `[]${codeOf(value.items, schemas, names)}`;
  if (value.type === 'object') return value.additionalProperties ? `{}${codeOf(value.additionalProperties, schemas, names)}` : 'any';
  if (value.type === 'string') return value.format === 'byte' ? 'bytes' : 'string';
  if (value.type === 'integer') return value.format ?? 'integer';
  if (value.type === 'number') return value.format ?? 'number';
  return value.type ?? 'any';
}

/** Schemas that are one value on the wire; undefined for a struct, also for one without fields. */
export function scalarOf(id, schema) {
  const tail = id.split('.').at(-1);
  return schema.properties ? undefined : (scalars[tail] ?? (tail.startsWith('JSON') ? 'any' : undefined));
}

const scalars = { Quantity: 'quantity', IntOrString: 'intOrString', Time: 'time', MicroTime: 'microTime', FieldsV1: 'any', Patch: 'any', RawExtension: 'any' };

// ---- printer columns ----

/** Keys as recorded: 'v1/pods', 'v1.apps/deployments'; as written: 'v1/pods', 'apps/v1/deployments'. */
function columnRows(tables) {
  return Object.fromEntries(
    Object.entries(tables).map(([key, columns]) => [
      renamed(key),
      columns.map(({ name, type, format, priority }) => [name, type, format ?? '', priority ?? 0]),
    ]),
  );
}

/** What is said about the columns of a kind, by the same keys: numbers into the texts, for many columns share one. */
export function columnTextsModule({ tables, version }) {
  const texts = [...new Set(Object.values(tables).flatMap((columns) => columns.map(({ description = '' }) => description)))];
  const numbers = new Map(texts.map((text, number) => [text, number]));
  const columns = Object.fromEntries(Object.entries(tables).map(([key, all]) => [renamed(key), all.map(({ description = '' }) => numbers.get(description))]));
  return moduleOf('columnTexts', { texts, columns }, version, 'lazy');
}

const renamed = (key) => key.replace(/^([^./]+)\.([^/]+)\//, '$2/$1/');
