// How people name kinds: 'deploy', 'deployments', 'Deployment', 'deployments.apps', 'deployments.v1.apps', 'all'.
import type { KindInfo } from '../schema/kinds.ts';
import { problem, type Problem } from './problem.ts';
import type { Session } from './session.ts';

/** The preferred version of each resource; of two groups with the same resource (events) the older one. */
const preferredKinds = ({ catalog }: Pick<Session, 'catalog'>): readonly KindInfo[] => {
  let known = preferred.get(catalog);
  if (!known) {
    const { kinds } = catalog;
    known = kinds.filter((kind, i) => kinds.findIndex((other) => other.group === kind.group && other.resource === kind.resource) === i);
    preferred.set(catalog, known);
  }
  return known;
};

const preferred = new WeakMap<object, readonly KindInfo[]>();

/** The kinds that a comma-separated list names; a category stands for its kinds. */
export function kindsNamed(list: string, session: Pick<Session, 'catalog'>): readonly KindInfo[] | Problem {
  const found: KindInfo[] = [];
  for (const name of list.split(',')) {
    const category = preferredKinds(session).filter((kind) => kind.categories.includes(name.toLowerCase()));
    if (category.length > 0) {
      found.push(...category);
      continue;
    }
    const kind = kindNamed(name, session);
    if (!kind) return unknownResource(name);
    found.push(kind);
  }
  return [...new Set(found)];
}

const unknownResource = (name: string): Problem => problem(`the server doesn't have a resource type "${name}"`);

export function kindNamed(text: string, session: Pick<Session, 'catalog'>): KindInfo | undefined {
  const first = preferredKinds(session);
  const name = text.toLowerCase();
  const dot = name.indexOf('.');
  if (dot < 0) return first.find((kind) => answersTo(kind, name));
  const [resource, rest] = [name.slice(0, dot), name.slice(dot + 1)];
  const full = first.find((kind) => answersTo(kind, resource) && kind.group === rest);
  if (full) return full;
  // With a version in between ('deployments.v1.apps', 'pods.v1.'), or only the beginning of the group ('ingresses.networking').
  return (
    session.catalog.kinds.find((kind) => answersTo(kind, resource) && `${kind.version}.${kind.group}` === rest) ??
    first.find((kind) => answersTo(kind, resource) && kind.group.startsWith(rest))
  );
}

const answersTo = (kind: KindInfo, name: string) =>
  kind.resource === name || kind.singular === name || kind.shortNames.includes(name) || kind.kind.toLowerCase() === name;

/** 'deployment.apps/web', 'pod/web': how results name an object. */
export const objectName = ({ kind, group }: Pick<KindInfo, 'kind' | 'group'>, name: string): string => `${kind.toLowerCase()}${group && `.${group}`}/${name}`;
