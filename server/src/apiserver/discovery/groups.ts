// The kinds of the schema, by group and version, as discovery shows them: groups and versions in the server's order of preference.
import type { Catalog } from '../../schema/custom/catalog.ts';
import { compareVersions } from '../../schema/custom/version-order.ts';
import type { KindInfo } from '../../schema/kinds.ts';

export interface Version {
  readonly version: string;
  readonly kinds: readonly KindInfo[];
}

export interface Group {
  /** '' for the core group. */
  readonly name: string;
  /** The preferred one first. */
  readonly versions: readonly Version[];
}

const known = new WeakMap<Catalog, readonly Group[]>();

/** The groups of a catalog that does not change any more: `liveCatalog(store).current`. */
export function groupsOf(catalog: Catalog): readonly Group[] {
  let groups = known.get(catalog);
  if (!groups) known.set(catalog, (groups = group(catalog.kinds)));
  return groups;
}

function group(kinds: readonly KindInfo[]): readonly Group[] {
  const byGroup = new Map<string, Map<string, KindInfo[]>>();
  for (const kind of kinds) {
    const versions = byGroup.get(kind.group) ?? new Map<string, KindInfo[]>();
    byGroup.set(kind.group, versions);
    versions.set(kind.version, [...(versions.get(kind.version) ?? []), kind]);
  }
  return [...byGroup].map(([name, versions]) => ({ name, versions: [...versions].map(([version, kinds]) => ({ version, kinds })).sort(byPreference) }));
}

/** Built-in versions stand in their order already; two custom kinds of a group may name their versions in different orders. */
const byPreference = (a: Version, b: Version) => (a.kinds[0]!.custom && b.kinds[0]!.custom ? compareVersions(a.version, b.version) : 0);

export const groupNamed = (catalog: Catalog, name: string): Group | undefined => groupsOf(catalog).find((group) => group.name === name);

export const versionOf = (catalog: Catalog, group: string, version: string): Version | undefined =>
  groupNamed(catalog, group)?.versions.find((one) => one.version === version);

/** Of custom kinds alone. What is not in it is not there for the server that would answer, which says so by a page. */
export const isCustom = ({ versions }: Group): boolean => versions.every(({ kinds }) => kinds.every((kind) => kind.custom !== undefined));
