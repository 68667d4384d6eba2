// What the pods of a DaemonSet put up with, whatever their template says: they are to run where there is trouble, too.
// Source: AddOrUpdateDaemonPodTolerations (pkg/controller/daemon/util/daemonset_util.go), AddOrUpdateTolerationInPodSpec.
import { isEqual } from '../../../kube/equal.ts';
import type { PodSpec, Toleration } from '../../../schema/generated/types.ts';

const always = (name: string, effect: string): Toleration => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists', effect });

const ofAll: readonly Toleration[] = [
  always('not-ready', 'NoExecute'),
  always('unreachable', 'NoExecute'),
  always('disk-pressure', 'NoSchedule'),
  always('memory-pressure', 'NoSchedule'),
  always('pid-pressure', 'NoSchedule'),
  always('unschedulable', 'NoSchedule'),
];

const ofHostNetwork = always('network-unavailable', 'NoSchedule');

export function daemonTolerations({ tolerations = [], hostNetwork = false }: PodSpec): readonly Toleration[] {
  return (hostNetwork ? [...ofAll, ofHostNetwork] : ofAll).reduce(addOrReplace, tolerations);
}

/** One that differs from it in nothing but its seconds gives way, in its place. */
function addOrReplace(tolerations: readonly Toleration[], added: Toleration): readonly Toleration[] {
  if (!tolerations.some((each) => matches(each, added))) return [...tolerations, added];
  return tolerations.some((each) => isEqual(each, added)) ? tolerations : tolerations.map((each) => (matches(each, added) ? added : each));
}

const matches = (a: Toleration, b: Toleration): boolean =>
  a.key === b.key && a.effect === b.effect && (a.operator ?? '') === b.operator && (a.value ?? '') === (b.value ?? '');
