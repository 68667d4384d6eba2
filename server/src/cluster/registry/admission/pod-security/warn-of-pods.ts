// Which pods of a namespace violate what is enforced there from now on.
import { controllerOf } from '../../../../kube/object.ts';
import type { Pod } from '../../../../schema/generated/types.ts';
import type { RegistryContext } from '../../context.ts';
import { reasonsText, violationsOf } from './evaluate.ts';
import { policyText, type LevelVersion } from './policy.ts';

const mostPods = 3000;

/** One line a sort of violation, with the first of the pods' names: `web-1 (and 2 other pods): privileged, hostPort`. */
export function warnOfPods({ store }: RegistryContext, namespace: string, enforce: LevelVersion): readonly string[] {
  const pods = [...(store.collection('pods').values() as Iterable<Pod>)].filter(({ metadata }) => metadata.namespace === namespace);
  const checked = oneOfEachFirst(pods).slice(0, mostPods);
  const violating = new Map<string, string[]>();
  for (const pod of checked) {
    const violations = violationsOf(enforce, pod);
    if (violations.length === 0) continue;
    const reasons = reasonsText(violations);
    violating.set(reasons, [...(violating.get(reasons) ?? []), pod.metadata.name]);
  }
  return [
    ...(checked.length < pods.length ? [`new PodSecurity enforce level only checked against the first ${checked.length} of ${pods.length} existing pods`] : []),
    ...(violating.size > 0 ? [`existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${policyText(enforce)}"`] : []),
    ...inServerOrder([...violating]).map(([reasons, names]) => `${namesText(names)}: ${reasons}`),
  ];
}

/** Sorted as whole lines. */
const inServerOrder = (lines: readonly (readonly [string, readonly string[]])[]) =>
  [...lines].sort((a, b) => (`${namesText(a[1])}: ${a[0]}` < `${namesText(b[1])}: ${b[0]}` ? -1 : 1));

function namesText(names: readonly string[]): string {
  const first = [...names].sort()[0]!;
  const others = names.length - 1;
  if (others === 0) return first;
  return `${first} (and ${others} other ${others === 1 ? 'pod' : 'pods'})`;
}

/** Pods of one controller are alike, so the first of each comes before the rest. */
function oneOfEachFirst(pods: readonly Pod[]): readonly Pod[] {
  const seen = new Set<string>();
  const [first, rest]: [Pod[], Pod[]] = [[], []];
  for (const pod of pods) {
    const owner = controllerOf(pod)?.uid;
    if (owner !== undefined && seen.has(owner)) rest.push(pod);
    else first.push(pod);
    if (owner !== undefined) seen.add(owner);
  }
  return [...first, ...rest];
}
