// What a command acts on: objects named on the command line, objects in files, or all that match.
import type { KubeObject } from '../kube/object.ts';
import type { KindInfo } from '../schema/kinds.ts';
import { flag, list, text } from './flags.ts';
import { givenManifests } from './kustomize/manifests.ts';
import { isProblem, problem, type Problem } from './problem.ts';
import { kindsNamed } from './resource-names.ts';
import type { Session } from './session.ts';

/** An object by name. */
export interface Target {
  readonly kind: KindInfo;
  readonly namespace: string | undefined;
  readonly name: string;
  /** The manifest, when a file named it. */
  readonly manifest?: KubeObject;
  /** … without the namespace that it goes to. */
  readonly written?: KubeObject;
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

/** -f, -R and -k. */
export const fileFlags = { filename: list('f'), recursive: flag(false, 'R'), kustomize: text('k') } as const;

export interface FileFlags {
  readonly filename: readonly string[];
  readonly recursive: boolean;
  /** Empty when it was not given. */
  readonly kustomize: string;
}

export const namesFiles = ({ filename, kustomize }: FileFlags): boolean => filename.length > 0 || kustomize !== '';

/** The objects of files, or of a kustomization, by name. */
export function selectFiles(files: FileFlags, session: Session): Selected | Problem {
  const read = givenManifests(files, session, false);
  if (isProblem(read)) return read;
  const targets = read.manifests.map(({ object, written, kind, source }) => ({
    kind,
    name: object.metadata.name ?? '',
    namespace: object.metadata.namespace,
    manifest: object,
    written,
    source,
  }));
  return { targets, kinds: [], problems: read.problems };
}

export interface SelectionFlags extends Partial<FileFlags> {
  readonly selector?: string;
  readonly 'field-selector'?: string;
  readonly all?: boolean;
  readonly 'all-namespaces'?: boolean;
  /** The objects are taken as the files have them; the server is not asked. */
  readonly local?: boolean;
}

/**
 * The objects that a changing command acts on, each as it is now, and the problems with the others.
 * `unnamed`: what a kind without names stands for, where neither --all nor a selector is given.
 */
export function resolve(words: readonly string[], flags: SelectionFlags, session: Session, unnamed: 'all' | 'nothing' = 'nothing'): Resolved | Problem {
  const { filename = [], recursive = false, kustomize = '', selector = '', 'field-selector': fields = '', all = false, local = false } = flags;
  const files = { filename, recursive, kustomize };
  if (local && !namesFiles(files)) return problem(localNeedsFiles);
  if (namesFiles(files)) {
    if (words.length > 0) return problem('when paths, URLs, or stdin is provided as resource input, you may not specify resource arguments as well');
    const selected = selectFiles(files, session);
    if (isProblem(selected)) return selected;
    return local
      ? { found: selected.targets.map((target) => ({ ...target, object: target.written! })), problems: selected.problems }
      : fetch(selected, session);
  }
  if (words.length === 0) return problem('must specify one of -f and -k');
  const selected = selectWords(words, session);
  if (isProblem(selected)) return selected;
  if (selected.kinds.length === 0) {
    if (selector !== '') return problem('name cannot be provided when a selector is specified');
    if (all) return problem("setting 'all' parameter but found a non empty selector. ");
    return fetch(selected, session);
  }
  if (selector === '' && fields === '' && !all && unnamed === 'nothing') return problem('resource(s) were provided, but no name was specified');
  const found: Found[] = [];
  for (const kind of selected.kinds) {
    const query = { ...(selector !== '' && { labelSelector: selector }), ...(fields !== '' && { fieldSelector: fields }) };
    const list = session.list(kind, flags['all-namespaces'] ? undefined : session.namespace, query);
    if (isProblem(list)) return list;
    for (const item of list.items) found.push({ kind, name: item.metadata.name, namespace: item.metadata.namespace, object: item });
  }
  return { found, problems: [] };
}

/** What some commands say when nothing is named at all. */
export const nothingNamed =
  "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'";

const localNeedsFiles =
  "you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'";

interface Resolved {
  readonly found: readonly Found[];
  readonly problems: readonly Problem[];
}

/** A target and the object as the server has it. */
export interface Found extends Target {
  readonly object: KubeObject;
}

function fetch({ targets, problems: before }: Selected, session: Session): Resolved {
  const found: Found[] = [];
  const problems = [...before];
  for (const target of targets) {
    const object = session.get(target.kind, target.namespace, target.name);
    if ('problem' in object) problems.push(object);
    else found.push({ ...target, object });
  }
  return { found, problems };
}
