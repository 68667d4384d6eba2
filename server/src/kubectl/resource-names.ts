// How people name kinds: 'deploy', 'deployments', 'Deployment', 'deployments.apps', 'deployments.v1.apps', 'all'.
import { kinds, type KindInfo } from '../schema/kinds.ts';
import { problem, type Problem } from './problem.ts';

/** The preferred version of each resource; of two groups with the same resource (events) the older one. */
const preferred = kinds.filter((kind, i) => kinds.findIndex((other) => other.group === kind.group && other.resource === kind.resource) === i);

/** The kinds that a comma-separated list names; a category stands for its kinds. */
export function kindsNamed(list: string): readonly KindInfo[] | Problem {
  const found: KindInfo[] = [];
  for (const name of list.split(',')) {
    const category = preferred.filter((kind) => kind.categories.includes(name.toLowerCase()));
    if (category.length > 0) {
      found.push(...category);
      continue;
    }
    const kind = kindNamed(name);
    if (!kind) return problem(`the server doesn't have a resource type "${name}"`);
    found.push(kind);
  }
  return [...new Set(found)];
}

function kindNamed(text: string): KindInfo | undefined {
  const name = text.toLowerCase();
  const dot = name.indexOf('.');
  if (dot < 0) return preferred.find((kind) => answersTo(kind, name));
  const [resource, rest] = [name.slice(0, dot), name.slice(dot + 1)];
  const full = preferred.find((kind) => answersTo(kind, resource) && kind.group === rest);
  if (full) return full;
  // With a version in between ('deployments.v1.apps'), or only the beginning of the group ('ingresses.networking').
  return (
    kinds.find((kind) => answersTo(kind, resource) && `${kind.version}.${kind.group}` === rest) ??
    preferred.find((kind) => answersTo(kind, resource) && kind.group.startsWith(rest))
  );
}

const answersTo = (kind: KindInfo, name: string) =>
  kind.resource === name || kind.singular === name || kind.shortNames.includes(name) || kind.kind.toLowerCase() === name;

/** 'deployment.apps/web', 'pod/web': how results name an object. */
export const objectName = ({ kind, group }: KindInfo, name: string): string => `${kind.toLowerCase()}${group && `.${group}`}/${name}`;
