// kubectl describe: by name, by the beginning of a name, or everything that matches.
import { command, type Outcome } from '../command.ts';
import { flag, number, text } from '../flags.ts';
import { describe } from '../describe/describe.ts';
import type { Around } from '../describe/describer.ts';
import { isNotFound, isProblem, problem, together, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import { fileFlags, namesFiles, selectFiles, selectWords, type Target } from '../targets.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { Event } from '../../schema/generated/types.ts';
import { kindOf, type KindInfo } from '../../schema/kinds.ts';
import { itemsOf } from './items.ts';

const flags = {
  selector: text('l'),
  'all-namespaces': flag(false, 'A'),
  ...fileFlags,
  'show-events': flag(true),
  'chunk-size': number(500),
} as const;

export const describeCommand = command(flags, (session, { flags, given, words }): Outcome => {
  if (!namesFiles(flags) && words.length === 0)
    return problem('You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.');
  const selected = namesFiles(flags) ? selectFiles(flags, session) : selectWords(words, session);
  if (isProblem(selected)) return selected;
  const objects: KubeObject[] = [];
  const problems: Problem[] = [...selected.problems];
  let guessed = false;
  for (const target of selected.targets) {
    const found = findByName(target, session);
    if (isProblem(found)) problems.push(found);
    else objects.push(...found);
    guessed ||= !isProblem(found) && found[0]?.metadata.name !== target.name;
  }
  for (const kind of selected.kinds) {
    const found = itemsOf(kind, flags, session);
    if (isProblem(found)) problems.push(found);
    else objects.push(...found.items.map(({ object }) => object));
  }
  // Unless --show-events says otherwise, events are told of one object, and not of many or of what a name only begins.
  const around = aroundOf(session, given.has('show-events') ? flags['show-events'] : objects.length === 1 && !guessed);
  session.environment.stdout(objects.map((object) => describe(object, around)).join('\n\n'));
  if (objects.length === 0 && problems.length === 0) session.environment.stderr(`${nothingFound(flags['all-namespaces'], selected.kinds, session)}\n`);
  return together(problems);
});

/** The object of this name; when there is none, all whose names begin with it. */
function findByName({ kind, namespace, name }: Target, session: Session): readonly KubeObject[] | Problem {
  const object = session.get(kind, namespace, name);
  if (!isProblem(object)) return [object];
  if (!isNotFound(object)) return object;
  const list = session.list(kind, namespace);
  const matching = isProblem(list) ? [] : list.items.filter((item) => item.metadata.name.startsWith(name));
  return matching.length > 0 ? matching : object;
}

function nothingFound(allNamespaces: boolean, kinds: readonly KindInfo[], session: Session): string {
  return !allNamespaces && kinds.every((kind) => kind.namespaced) ? `No resources found in ${session.namespace} namespace.` : 'No resources found';
}

/** What a describer may look up, answered by the server. */
function aroundOf(session: Session, showEvents: boolean): Around {
  const list: Around['list'] = <T extends KubeObject>(apiVersion: string, kind: string, query: Parameters<Around['list']>[2]) => {
    const { namespace, ...selectors } = query;
    const found = session.list(kindOf(apiVersion, kind)!, namespace, selectors);
    return isProblem(found) ? [] : (found.items as readonly T[]);
  };
  return {
    now: session.environment.now(),
    list,
    get: <T extends KubeObject>(apiVersion: string, kind: string, namespace: string | undefined, name: string) => {
      const found = session.get(kindOf(apiVersion, kind)!, namespace, name);
      return isProblem(found) ? undefined : (found as T);
    },
    events: ({ kind, namespace, name, uid }) => {
      if (!showEvents) return undefined;
      const terms = [
        `involvedObject.name=${name}`,
        ...(namespace ? [`involvedObject.namespace=${namespace}`] : []),
        ...(kind ? [`involvedObject.kind=${kind}`] : []),
        `involvedObject.uid=${uid}`,
      ];
      return list<Event>('v1', 'Event', { fieldSelector: terms.join(','), ...(namespace !== undefined && { namespace }) });
    },
  };
}
