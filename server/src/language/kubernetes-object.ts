// The objects of a document: the document itself, or the items of a List. Decides what is a manifest at all; everything else in a workspace's
// YAML (compose files, values, workflows) is nobody's business here.
import type { ManifestDocument } from '../manifest/manifest-document.ts';
import type { Json, MapNode, Path } from '../manifest/tree.ts';
import { dereference, find } from '../manifest/tree.ts';
import type { Catalog } from '../schema/custom/catalog.ts';
import type { KindInfo } from '../schema/kinds.ts';
import { kindOf } from '../schema/kinds.ts';

export interface LocatedObject {
  /** Where the object is in its document: [] or ['items', 2]. */
  readonly path: Path;
  readonly node: MapNode;
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** Absent of a kind that is in no table and, by `objectsIn`, in no definition that is known here. */
  readonly info: KindInfo | undefined;
  /** Equal for two texts of one object, in whatever version of its kind: 'apps/Deployment/default/web'. Undefined without a name or a known kind. */
  readonly identity: string | undefined;
  /** As kubectl would send it. */
  readonly value: { readonly [key: string]: Json };
}

const cache = new WeakMap<ManifestDocument, readonly LocatedObject[]>();

/** The Kubernetes objects of a document, in their order; none of a template or of a document that is about something else. */
export function objectsOf(document: ManifestDocument): readonly LocatedObject[] {
  const known = cache.get(document);
  if (known) return known;
  const objects = locate(document);
  cache.set(document, objects);
  return objects;
}

const inCatalog = new WeakMap<ManifestDocument, { readonly catalog: Catalog; readonly objects: readonly LocatedObject[] }>();

/** The same with the custom kinds of a catalog; the same list for as long as the catalog says the same of its objects. */
export function objectsIn(document: ManifestDocument, catalog: Catalog): readonly LocatedObject[] {
  const objects = objectsOf(document);
  if (objects.every(({ info }) => info)) return objects;
  const known = inCatalog.get(document);
  if (known?.catalog === catalog) return known.objects;
  const before = known?.objects ?? objects;
  const named = objects.map((object, i) => {
    const info = object.info ?? customKind(object, catalog);
    return info === before[i]?.info ? before[i]! : { ...object, info, identity: identityOf(info, object) };
  });
  const same = named.every((object, i) => object === before[i]) ? before : named;
  inCatalog.set(document, { catalog, objects: same });
  return same;
}

function customKind({ apiVersion, kind }: LocatedObject, catalog: Catalog): KindInfo | undefined {
  const found = apiVersion !== undefined && kind !== undefined ? catalog.kindOf(apiVersion, kind) : undefined;
  return found?.custom ? found : undefined;
}

function locate({ root, isTemplate }: ManifestDocument): readonly LocatedObject[] {
  const top = root && dereference(root);
  if (isTemplate || top?.is !== 'map' || !looksLikeObject(top)) return [];
  const object = objectAt(top, []);
  if (object.kind !== 'List' || object.apiVersion !== 'v1') return [object];
  const items = dereference(find(top, ['items']).node);
  if (items.is !== 'list') return [];
  return items.items.flatMap((item, index) => {
    const node = dereference(item);
    return node.is === 'map' ? [objectAt(node, ['items', index])] : [];
  });
}

/** Both apiVersion and kind, or one of them beside what only an object has. A Helm Chart.yaml has an apiVersion, a pipeline may have a kind. */
function looksLikeObject({ value }: MapNode): boolean {
  if (isToolFile(value)) return false;
  const named = Number('apiVersion' in value) + Number('kind' in value);
  return named === 2 || (named === 1 && ('metadata' in value || 'spec' in value));
}

/** Files that look like objects but are read by a tool, and never sent to a cluster. */
const toolGroups = /^(kustomize\.config\.k8s\.io|kind\.x-k8s\.io|kubeadm\.k8s\.io|skaffold|k3d\.io|[a-z.]+\.config\.k8s\.io)\//;

function isToolFile({ apiVersion }: MapNode['value']): boolean {
  return typeof apiVersion === 'string' && toolGroups.test(apiVersion);
}

function objectAt(node: MapNode, path: Path): LocatedObject {
  const { value } = node;
  const metadata =
    typeof value['metadata'] === 'object' && value['metadata'] !== null && !Array.isArray(value['metadata']) ? (value['metadata'] as MapNode['value']) : {};
  const apiVersion = text(value['apiVersion']);
  const kind = text(value['kind']);
  const known = apiVersion !== undefined && kind !== undefined ? kindOf(apiVersion, kind) : undefined;
  // A kind without a resource is only ever the body of a request.
  const info = known?.resource ? known : undefined;
  const namespace = text(metadata['namespace']);
  const name = text(metadata['name']);
  return { path, node, apiVersion, kind, namespace, name, info, identity: identityOf(info, { namespace, name }), value };
}

function identityOf(info: KindInfo | undefined, { namespace, name }: Pick<LocatedObject, 'namespace' | 'name'>): string | undefined {
  return info && name !== undefined ? `${info.group}/${info.kind}/${info.namespaced ? (namespace ?? 'default') : ''}/${name}` : undefined;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
