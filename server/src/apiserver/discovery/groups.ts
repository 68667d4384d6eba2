// The kinds of the schema, by group and version, as discovery shows them: groups and versions in the server's order of preference.
import { kinds, type KindInfo } from '../../schema/kinds.ts';

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

const byGroup = new Map<string, Map<string, KindInfo[]>>();
for (const kind of kinds) {
  const versions = byGroup.get(kind.group) ?? new Map<string, KindInfo[]>();
  byGroup.set(kind.group, versions);
  versions.set(kind.version, [...(versions.get(kind.version) ?? []), kind]);
}

export const groups: readonly Group[] = [...byGroup].map(([name, versions]) => ({
  name,
  versions: [...versions].map(([version, kinds]) => ({ version, kinds })),
}));

export const groupNamed = (name: string): Group | undefined => groups.find((group) => group.name === name);

export const versionOf = (group: string, version: string): Version | undefined => groupNamed(group)?.versions.find((one) => one.version === version);
