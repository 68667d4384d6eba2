// The kinds that a CustomResourceDefinition adds, each served version one, in the form of the built-in ones.
import type { Column } from '../columns.ts';
import type { ObjectType } from '../fields.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionVersion, CustomResourceSubresourceScale } from '../generated/types.ts';
import type { KindInfo, Subresource } from '../kinds.ts';
import { resourceType } from './field-types.ts';
import type { Schema } from './structural.ts';
import { compareVersions } from './version-order.ts';

/** What is known of one version of a custom kind. */
export interface CustomKind {
  readonly definition: CustomResourceDefinition;
  readonly listKind: string;
  readonly schema: Schema;
  /** As server-side apply sees an object. */
  readonly root: ObjectType;
  readonly columns: readonly Column[];
  /** Where the cell of each column is found: '.spec.crew'. */
  readonly cellPaths: readonly string[];
  readonly scale?: CustomResourceSubresourceScale;
  readonly hasStatus: boolean;
  /** '.spec.color': fields that a field selector may name. */
  readonly selectableFields: readonly string[];
  /** Of a deprecated version: what its users are warned of. */
  readonly deprecation?: string;
}

const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const subresourceVerbs = ['get', 'patch', 'update'];

const known = new WeakMap<CustomResourceDefinition, readonly KindInfo[]>();

/** The served versions of a definition, the preferred one first; none before it is established. */
export function kindsOfDefinition(definition: CustomResourceDefinition): readonly KindInfo[] {
  let kinds = known.get(definition);
  if (!kinds) {
    const served = isEstablished(definition) ? definition.spec.versions.filter((version) => version.served) : [];
    kinds = served.toSorted((a, b) => compareVersions(a.name, b.name)).map((version) => kindOfVersion(definition, version));
    known.set(definition, kinds);
  }
  return kinds;
}

export function isEstablished({ status }: CustomResourceDefinition): boolean {
  return status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True') ?? false;
}

function kindOfVersion(definition: CustomResourceDefinition, version: CustomResourceDefinitionVersion): KindInfo {
  const { group, scope } = definition.spec;
  const { plural, singular, kind, shortNames = [], categories = [] } = definition.status.acceptedNames;
  const apiVersion = `${group}/${version.name}`;
  return {
    group,
    version: version.name,
    apiVersion,
    kind,
    resource: plural,
    singular: singular ?? '',
    namespaced: scope === 'Namespaced',
    verbs,
    shortNames,
    categories,
    type: '',
    subresources: subresourcesOf(version, kind, apiVersion),
    custom: customKindOf(definition, version),
  };
}

function subresourcesOf({ subresources }: CustomResourceDefinitionVersion, kind: string, apiVersion: string): readonly Subresource[] {
  return [
    ...(subresources?.status ? [{ name: 'status', kind, apiVersion, verbs: subresourceVerbs }] : []),
    ...(subresources?.scale ? [{ name: 'scale', kind: 'Scale', apiVersion: 'autoscaling/v1', verbs: subresourceVerbs }] : []),
  ];
}

const roots = new WeakMap<Schema, ObjectType>();

function customKindOf(definition: CustomResourceDefinition, version: CustomResourceDefinitionVersion): CustomKind {
  const { subresources, selectableFields = [], deprecated, deprecationWarning } = version;
  const schema = (version.schema?.openAPIV3Schema ?? {}) as Schema;
  let root = roots.get(schema);
  if (!root) roots.set(schema, (root = resourceType(schema)));
  const { kind, listKind = `${kind}List` } = definition.status.acceptedNames;
  return {
    definition,
    listKind,
    schema,
    root,
    ...columnsOf(version),
    ...(subresources?.scale && { scale: subresources.scale }),
    hasStatus: subresources?.status !== undefined,
    selectableFields: selectableFields.map(({ jsonPath }) => jsonPath),
    ...(deprecated && { deprecation: deprecationWarning ?? deprecationText(definition, version.name) }),
  };
}

/** A version that is preferred to this one is recommended. */
function deprecationText({ spec: { group, names, versions } }: CustomResourceDefinition, deprecated: string): string {
  const [better] = versions
    .filter((version) => version.served && !version.deprecated && compareVersions(version.name, deprecated) < 0)
    .toSorted((a, b) => compareVersions(a.name, b.name));
  return `${group}/${deprecated} ${names.kind} is deprecated${better ? `; use ${group}/${better.name} ${names.kind}` : ''}`;
}

const nameColumn: Column = { name: 'Name', type: 'string', format: 'name', priority: 0 };
const age = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

function columnsOf({ additionalPrinterColumns }: CustomResourceDefinitionVersion): Pick<CustomKind, 'columns' | 'cellPaths'> {
  const added = additionalPrinterColumns?.length ? additionalPrinterColumns : [age];
  const columns = added.map(
    ({ name, type, format, description, priority = 0, jsonPath }: (typeof added)[number] & { format?: string; description?: string; priority?: number }) => ({
      name,
      type,
      priority,
      ...(format && { format }),
      description: description || `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    }),
  );
  return { columns: [nameColumn, ...columns], cellPaths: added.map(({ jsonPath }) => jsonPath) };
}
