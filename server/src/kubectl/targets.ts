// What a command acts on: objects named on the command line, objects in files, or all that match.
import type { KubeObject } from '../kube/object.ts';
import type { KindInfo } from '../schema/kinds.ts';
import { readManifests } from './manifests.ts';
import { problem, type Problem } from './problem.ts';
import { kindsNamed } from './resource-names.ts';
import type { Session } from './session.ts';

/** An object by name. */
export interface Target {
  readonly kind: KindInfo;
  readonly namespace: string | undefined;
  readonly name: string;
  /** The manifest, when a file named it. */
  readonly manifest?: KubeObject;
  readonly source?: string;
}

/** Either objects by name, or whole collections. */
export interface Selected {
  readonly targets: readonly Target[];
  /** Non-empty: everything of these kinds that matches; `targets` is then empty. */
  readonly kinds: readonly KindInfo[];
  /** Problems with some of the files; the rest is still acted on. */
  readonly problems: readonly Problem[];
}

/** 'deploy/web rs/x', 'deploy web api', 'deploy,rs web', 'deploy,rs'. */
export function selectWords(words: readonly string[], session: Session): Selected | Problem {
  const slashes = words.filter((word) => word.includes('/')).length;
  if (slashes > 0) {
    if (slashes < words.length)
      return problem(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    return selectPairs(words, session);
  }
  const kinds = kindsNamed(words[0] ?? '', session);
  if ('problem' in kinds) return kinds;
  const names = words.slice(1);
  if (names.length === 0) return { targets: [], kinds, problems: [] };
  return { targets: kinds.flatMap((kind) => names.map((name) => targetOf(kind, name, session))), kinds: [], problems: [] };
}

function selectPairs(words: readonly string[], session: Session): Selected | Problem {
  const targets: Target[] = [];
  for (const word of words) {
    const [kindText = '', name = '', ...more] = word.split('/');
    if (more.length > 0) return problem('arguments in resource/name form may not have more than one slash');
    if (kindText === '' || name === '') return problem('arguments in resource/name form must have a single resource and name');
    const kinds = kindsNamed(kindText, session);
    if ('problem' in kinds) return kinds;
    targets.push(...kinds.map((kind) => targetOf(kind, name, session)));
  }
  return { targets, kinds: [], problems: [] };
}

const targetOf = (kind: KindInfo, name: string, session: Session): Target => ({ kind, name, namespace: kind.namespaced ? session.namespace : undefined });

/** The objects of files, by name. */
export function selectFiles(paths: readonly string[], session: Session, recursive: boolean): Selected | Problem {
  const read = readManifests(paths, session, { recursive, validate: false });
  if ('problem' in read) return read;
  const targets = read.manifests.map(({ object, kind, source }) => ({
    kind,
    name: object.metadata.name ?? '',
    namespace: object.metadata.namespace,
    manifest: object,
    source,
  }));
  return { targets, kinds: [], problems: read.problems };
}

export interface SelectionFlags {
  readonly filename?: readonly string[];
  readonly recursive?: boolean;
  readonly selector?: string;
  readonly all?: boolean;
}

/** The objects that a changing command acts on, each as it is now, and the problems with the others. */
export function resolve(
  words: readonly string[],
  flags: SelectionFlags,
  session: Session,
): { readonly found: readonly Found[]; readonly problems: readonly Problem[] } | Problem {
  const { filename = [], recursive = false, selector = '', all = false } = flags;
  if (filename.length > 0) {
    if (words.length > 0) return problem('when paths, URLs, or stdin is provided as resource input, you may not specify resource arguments as well');
    const selected = selectFiles(filename, session, recursive);
    return 'problem' in selected ? selected : fetch(selected, session);
  }
  if (words.length === 0) return problem('must specify one of -f and -k');
  const selected = selectWords(words, session);
  if ('problem' in selected) return selected;
  if (selected.kinds.length === 0) {
    if (selector !== '') return problem('name cannot be provided when a selector is specified');
    if (all) return problem("setting 'all' parameter but found a non empty selector. ");
    return fetch(selected, session);
  }
  if (selector === '' && !all) return problem('resource(s) were provided, but no name was specified');
  const found: Found[] = [];
  for (const kind of selected.kinds) {
    const list = session.list(kind, session.namespace, selector === '' ? {} : { labelSelector: selector });
    if ('problem' in list) return list;
    for (const item of list.items) found.push({ kind, name: item.metadata.name, namespace: item.metadata.namespace, object: item });
  }
  return { found, problems: [] };
}

/** A target and the object as the server has it. */
export interface Found extends Target {
  readonly object: KubeObject;
}

function fetch({ targets, problems: before }: Selected, session: Session): { found: readonly Found[]; problems: readonly Problem[] } {
  const found: Found[] = [];
  const problems = [...before];
  for (const target of targets) {
    const object = session.get(target.kind, target.namespace, target.name);
    if ('problem' in object) problems.push(object);
    else found.push({ ...target, object });
  }
  return { found, problems };
}
