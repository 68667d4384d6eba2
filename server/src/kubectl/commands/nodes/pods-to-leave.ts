// Which pods of a node a drain evicts, which it leaves, and which stop it. Source: kubectl pkg/drain/filters.go.
import { controllerOf } from '../../../kube/object.ts';
import type { Node, Pod } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { isNotFound, isProblem, problem, type Problem } from '../../problem.ts';
import type { Session } from '../../session.ts';
import type { DrainFlags } from './drain.ts';

export interface Leaving {
  readonly pods: readonly Pod[];
  /** 'ignoring DaemonSet-managed Pods: default/agent-x'; '' for nothing to say. */
  readonly warning: string;
}

interface Finding {
  readonly leaves: boolean;
  readonly warning?: string;
  readonly fatal?: string;
}

const leaves: Finding = { leaves: true };
const stays: Finding = { leaves: false };

export function podsToLeave(node: Node, flags: DrainFlags, session: Session): Leaving | Problem {
  const selector = flags['pod-selector'];
  const list = session.list(kindOf('v1', 'Pod')!, undefined, {
    fieldSelector: `spec.nodeName=${node.metadata.name}`,
    ...(selector !== '' && { labelSelector: selector }),
  });
  if (isProblem(list)) return list;
  const pods: Pod[] = [];
  const warnings = new Map<string, string[]>();
  const fatal = new Map<string, string[]>();
  for (const pod of list.items as readonly Pod[]) {
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    const { leaves: goes, warning, fatal: reason } = findingOf(pod, flags, session);
    if (reason !== undefined) fatal.set(reason, [...(fatal.get(reason) ?? []), name]);
    else if (warning !== undefined) warnings.set(warning, [...(warnings.get(warning) ?? []), name]);
    if (goes) pods.push(pod);
  }
  if (fatal.size > 0) {
    const texts = [...fatal].map(([what, names]) => `cannot delete ${what}: ${names.join(', ')}`);
    return problem(texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`);
  }
  return { pods, warning: [...warnings].map(([what, names]) => `${what}: ${names.join(', ')}`).join('; ') };
}

/** The word of the filter that keeps the pod, else of the last one: whatever the others said is forgotten. */
function findingOf(pod: Pod, flags: DrainFlags, session: Session): Finding {
  let finding = leaves;
  for (const filter of filters) {
    finding = filter(pod, flags, session);
    if (!finding.leaves) return finding;
  }
  return finding;
}

type Filter = (pod: Pod, flags: DrainFlags, session: Session) => Finding;

const isOver = ({ status }: Pod) => status.phase === 'Succeeded' || status.phase === 'Failed';

const filters: readonly Filter[] = [
  function deleted(pod, flags, session) {
    const seconds = flags['skip-wait-for-delete-timeout'];
    const at = pod.metadata.deletionTimestamp;
    return seconds > 0 && at !== undefined && session.environment.now() - Date.parse(at) > seconds * 1000 ? stays : leaves;
  },
  function ofDaemonSet(pod, flags, session) {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'DaemonSet' || isOver(pod)) return leaves;
    const set = session.get(kindOf('apps/v1', 'DaemonSet')!, pod.metadata.namespace, owner.name);
    if (isProblem(set)) {
      if (isNotFound(set) && flags.force) return { leaves: true, warning: `deleting DaemonSet-managed Pods` };
      return { leaves: false, fatal: set.status?.message ?? set.amongOthers };
    }
    return flags['ignore-daemonsets']
      ? { leaves: false, warning: 'ignoring DaemonSet-managed Pods' }
      : { leaves: false, fatal: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
  },
  function mirror(pod) {
    return pod.metadata.annotations?.['kubernetes.io/config.mirror'] === undefined ? leaves : stays;
  },
  function withLocalStorage(pod, flags) {
    if (!(pod.spec.volumes ?? []).some(({ emptyDir }) => emptyDir) || isOver(pod)) return leaves;
    return flags['delete-emptydir-data']
      ? { leaves: true, warning: 'deleting Pods with local storage' }
      : { leaves: false, fatal: 'Pods with local storage (use --delete-emptydir-data to override)' };
  },
  function unmanaged(pod, flags) {
    if (isOver(pod) || controllerOf(pod)) return leaves;
    return flags.force
      ? { leaves: true, warning: 'deleting Pods that declare no controller' }
      : { leaves: false, fatal: 'cannot delete Pods that declare no controller (use --force to override)' };
  },
];
