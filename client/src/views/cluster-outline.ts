// How the rows hang together in the sidebar. Nodes of the tree are strings, so that the same node is equal to itself after every change:
//   'apps/Deployment/default/web'   a row, by its id
//   'old:<id of a Deployment>'      its revisions without pods
//   'more:<node>'                   the children of a node that are too many to show
//   'namespace:<name>'              what a namespace holds
//   'nodes', 'namespaces', 'others' groups at the top
import type { PodRow, ReplicaSetRow, Row } from '../../../server/src/protocol/cluster-view.ts';
import type { ClusterMirror } from '../cluster-mirror.ts';

export type OutlineNode = string;

/** More children than this help nobody; the rest is counted. */
export const childLimit = 100;

/** Objects of this namespace stand at the top; others under their namespace. */
const homeNamespace = 'default';

export function childrenOf(mirror: ClusterMirror, node: OutlineNode | undefined): readonly OutlineNode[] {
  if (node === undefined) return top(mirror);
  if (node === 'nodes')
    return limited(
      node,
      idsOf(mirror, (row) => row.type === 'node'),
    );
  if (node === 'namespaces') return limited(node, emptyNamespaces(mirror));
  if (node === 'others')
    return limited(
      node,
      idsOf(mirror, (row) => row.type === 'object' && row.namespace === undefined),
    );
  if (node.startsWith('namespace:'))
    return limited(
      node,
      idsOf(mirror, (row) => row.namespace === node.slice('namespace:'.length)),
    );
  if (node.startsWith('old:'))
    return revisions(mirror, node.slice('old:'.length))
      .filter((set) => !hasPods(mirror, set))
      .map((set) => set.id);
  const row = mirror.rows.get(node);
  if (row?.type === 'deployment') return ofDeployment(mirror, row.id);
  return limited(node, ordered(mirror, mirror.childrenOf(node)));
}

/** How many children `more:<node>` stands for. */
export function leftOut(mirror: ClusterMirror, more: OutlineNode): number {
  const node = more.slice('more:'.length);
  const all =
    node === 'nodes'
      ? idsOf(mirror, (row) => row.type === 'node')
      : node.startsWith('namespace:')
        ? idsOf(mirror, (row) => row.namespace === node.slice('namespace:'.length))
        : [...mirror.childrenOf(node)];
  return Math.max(0, all.length - childLimit);
}

/** The nodes whose own line or whose children a change concerns, as few as possible: a child of one that is listed is not listed. */
export function concerned(mirror: ClusterMirror, rows: Iterable<string>, parents: Iterable<string>): readonly OutlineNode[] | undefined {
  const nodes = new Set<OutlineNode>();
  for (const parent of parents) {
    const row = mirror.rows.get(parent);
    if (row === undefined) return undefined; // the top itself
    // A ReplicaSet that gains its first pod, or loses its last, moves between its Deployment and "Previous revisions".
    nodes.add(row.type === 'replicaSet' && row.parent !== undefined && mirror.rows.has(row.parent) ? row.parent : parent);
  }
  for (const id of rows) {
    const row = mirror.rows.get(id);
    if (row?.type === 'node') nodes.add('nodes');
    // A revision that became current, or stopped being it, moves as well.
    else if (row?.type === 'replicaSet' && row.parent !== undefined) nodes.add(row.parent);
    else if (row !== undefined) nodes.add(id);
  }
  return [...nodes].filter((node) => !hasListedAncestor(mirror, node, nodes));
}

function hasListedAncestor(mirror: ClusterMirror, node: OutlineNode, nodes: ReadonlySet<OutlineNode>): boolean {
  for (let parent = mirror.rows.get(node)?.parent; parent !== undefined; parent = mirror.rows.get(parent)?.parent) if (nodes.has(parent)) return true;
  return false;
}

function top(mirror: ClusterMirror): readonly OutlineNode[] {
  const home = idsOf(mirror, (row) => row.namespace === homeNamespace);
  const namespaces = [...new Set(rootRows(mirror).flatMap((row) => row.namespace ?? []))].filter((name) => name !== homeNamespace).sort();
  const others = idsOf(mirror, (row) => row.type === 'object' && row.namespace === undefined);
  return [
    ...limited('namespace:default', home),
    ...namespaces.map((name) => `namespace:${name}`),
    ...(others.length > 0 ? ['others'] : []),
    ...(idsOf(mirror, (row) => row.type === 'node').length > 0 ? ['nodes'] : []),
    ...(emptyNamespaces(mirror).length > 0 ? ['namespaces'] : []),
  ];
}

function ofDeployment(mirror: ClusterMirror, id: string): readonly OutlineNode[] {
  const sets = revisions(mirror, id);
  const shown = sets.filter((set) => hasPods(mirror, set));
  return [...shown.map((set) => set.id), ...(shown.length < sets.length ? [`old:${id}`] : [])];
}

/** A revision is shown while it is current or still has pods. */
const hasPods = (mirror: ClusterMirror, set: ReplicaSetRow): boolean => set.current || set.desired > 0 || mirror.childrenOf(set.id).size > 0;

/** The current one first, then the newest. */
function revisions(mirror: ClusterMirror, deployment: string): readonly ReplicaSetRow[] {
  return [...mirror.childrenOf(deployment)]
    .flatMap((id) => {
      const row = mirror.rows.get(id);
      return row?.type === 'replicaSet' ? [row] : [];
    })
    .sort((a, b) => Number(b.current) - Number(a.current) || (b.revision ?? 0) - (a.revision ?? 0) || byName(a, b));
}

const rootRows = (mirror: ClusterMirror): readonly Row[] => [...mirror.roots()].flatMap((id) => mirror.rows.get(id) ?? []);

function idsOf(mirror: ClusterMirror, test: (row: Row) => boolean): readonly string[] {
  return ordered(
    mirror,
    rootRows(mirror)
      .filter(test)
      .map((row) => row.id),
  );
}

/** The home namespace always stands for itself; of the others only those that hold nothing are listed. */
function emptyNamespaces(mirror: ClusterMirror): readonly string[] {
  const used = new Set(rootRows(mirror).map((row) => row.namespace));
  return idsOf(mirror, (row) => row.type === 'namespace' && row.name !== homeNamespace && !used.has(row.name));
}

const kindOrder: readonly Row['type'][] = ['deployment', 'workload', 'replicaSet', 'pod', 'object', 'node', 'namespace'];

/** Workloads first, then by age for pods and by name for all else. Of too many pods, those in trouble come first. */
function ordered(mirror: ClusterMirror, ids: Iterable<string>): readonly string[] {
  const rows = [...ids].flatMap((id) => mirror.rows.get(id) ?? []);
  const crowded = rows.length > childLimit;
  return rows
    .sort((a, b) => kindOrder.indexOf(a.type) - kindOrder.indexOf(b.type) || (a.type === 'pod' && b.type === 'pod' ? byUrgency(a, b, crowded) : byName(a, b)))
    .map((row) => row.id);
}

const urgency = ['failing', 'progressing', 'stopping', 'ready', 'idle'];

const byUrgency = (a: PodRow, b: PodRow, crowded: boolean): number =>
  (crowded ? urgency.indexOf(a.health) - urgency.indexOf(b.health) : 0) || byOrdinal(a, b) || a.createdAt - b.createdAt || byName(a, b);

/** Pods of a StatefulSet keep their places, however often they are made anew. */
const byOrdinal = (a: PodRow, b: PodRow): number => (a.parent === b.parent ? (a.ordinal ?? 0) - (b.ordinal ?? 0) : 0);

const byName = (a: Row, b: Row): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

const limited = (node: OutlineNode, ids: readonly string[]): readonly OutlineNode[] =>
  ids.length > childLimit ? [...ids.slice(0, childLimit), `more:${node}`] : ids;
