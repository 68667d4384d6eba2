// The pod that logs, exec and their like mean: 'web-1', 'pod/web-1', or the first of a workload's.
import type { KubeObject } from '../../../kube/object.ts';
import { formatSelector, validSelectorOf, type LabelSelectorObject } from '../../../kube/label-selector.ts';
import { parseTime } from '../../../kube/time.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import type { Session } from '../../session.ts';
import { selectWords } from '../../targets.ts';

export interface ChosenPod {
  readonly pod: Pod;
  /** How many pods the name stood for. */
  readonly count: number;
}

export function podOf(word: string, session: Session): ChosenPod | Problem {
  const selected = selectWords(word.includes('/') ? [word] : ['pod', word], session);
  if (isProblem(selected)) return selected;
  const target = selected.targets[0];
  if (!target) return problem(`expected a pod, got ${word}`);
  const object = session.get(target.kind, target.namespace, target.name);
  if (isProblem(object)) return object;
  if (object.kind === 'Pod') return { pod: object as Pod, count: 1 };
  const pods = podsBehind(object, session);
  if (isProblem(pods)) return pods;
  return pods[0] ? { pod: pods[0], count: pods.length } : problem(`timed out waiting for the condition`);
}

/** The pods that a workload or a Service selects, those first that are up and have been longest. */
function podsBehind(object: KubeObject, session: Session): readonly Pod[] | Problem {
  const selector = (object as { spec?: { selector?: LabelSelectorObject | Readonly<Record<string, string>> } }).spec?.selector;
  if (!selector) return problem(`cannot get the logs from *${object.apiVersion.split('/').at(-1)}.${object.kind}: selector is missing`);
  const plain = object.kind === 'Service' || object.kind === 'ReplicationController';
  const labelSelector = formatSelector(
    validSelectorOf(plain ? { matchLabels: selector as Readonly<Record<string, string>> } : (selector as LabelSelectorObject)),
  );
  return podsMatching(labelSelector, session);
}

export function podsMatching(labelSelector: string, session: Session): readonly Pod[] | Problem {
  const list = session.list(kindOf('v1', 'Pod')!, session.namespace, { labelSelector });
  if (isProblem(list)) return list;
  return (list.items as readonly Pod[]).toSorted(
    (a, b) => rank(a) - rank(b) || (parseTime(b.metadata.creationTimestamp) ?? 0) - (parseTime(a.metadata.creationTimestamp) ?? 0),
  );
}

/** Without a node, then not running, then not ready come last. */
const rank = ({ status, spec }: Pod) =>
  Number(!spec.nodeName) + Number(status.phase !== 'Running') + Number(!status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'));
