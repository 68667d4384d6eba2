// The conditions that the kubelet keeps on a pod, in the order in which it posts them (pkg/kubelet/status/generate.go).
import type { ContainerStatus, Pod, PodCondition, PodSpec } from '../../schema/generated/types.ts';
import { hasRun, type Phase } from './phase.ts';

/** What a condition says; the rest is filled in. */
interface Finding {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

export interface ConditionFacts {
  readonly pod: Pod;
  readonly phase: Phase;
  readonly init: readonly ContainerStatus[];
  readonly main: readonly ContainerStatus[];
  readonly hasSandbox: boolean;
  /** RFC 3339 */
  readonly time: string;
}

const own: ReadonlySet<string> = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled']);

/** Conditions of others come first, as they are. */
export function conditionsOf(facts: ConditionFacts): readonly PodCondition[] {
  const before = facts.pod.status.conditions ?? [];
  const containersReady = containersReadyOf(facts);
  const findings: readonly Finding[] = [
    { type: 'PodReadyToStartContainers', status: facts.hasSandbox ? 'True' : 'False' },
    initializedOf(facts),
    readyOf(facts, containersReady),
    containersReady,
    { type: 'PodScheduled', status: 'True' },
  ];
  const conditions = before.filter(({ type }) => !own.has(type));
  for (const finding of findings) conditions.push(conditionOf(finding, before, facts));
  return conditions;
}

/** The very same object as before when nothing changed; the time of the last transition only moves with the status. */
function conditionOf(finding: Finding, conditions: readonly PodCondition[], { pod, time }: ConditionFacts): PodCondition {
  const { generation } = pod.metadata;
  const before = conditions.find(({ type }) => type === finding.type);
  const isSame =
    before?.status === finding.status && before.reason === finding.reason && before.message === finding.message && before.observedGeneration === generation;
  if (isSame) return before;
  const lastTransitionTime = before?.status === finding.status ? (before.lastTransitionTime ?? time) : time;
  return { ...finding, lastTransitionTime, ...(generation !== undefined && { observedGeneration: generation }) };
}

function containersReadyOf({ pod: { spec }, phase, init, main }: ConditionFacts): Finding {
  const type = 'ContainersReady';
  if (phase === 'Succeeded') return { type, status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { type, status: 'False', reason: 'PodFailed' };
  const unready: string[] = [];
  for (const [i, { name, restartPolicy }] of (spec.initContainers ?? []).entries()) if (restartPolicy === 'Always' && !init[i]!.ready) unready.push(name);
  for (const [i, { name }] of spec.containers.entries()) if (!main[i]!.ready) unready.push(name);
  if (unready.length === 0) return { type, status: 'True' };
  return { type, status: 'False', reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
}

/** As ready as its containers, and as the conditions that the pod names as readiness gates. */
function readyOf({ pod }: ConditionFacts, containersReady: Finding): Finding {
  const type = 'Ready';
  if (containersReady.status === 'False' || !pod.spec.readinessGates?.length) return { ...containersReady, type };
  const messages: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates) {
    const gate = pod.status.conditions?.find((condition) => condition.type === conditionType);
    if (!gate) messages.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (gate.status !== 'True') messages.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`);
  }
  return messages.length === 0 ? { type, status: 'True' } : { type, status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') };
}

function initializedOf({ pod: { spec }, phase, init, main }: ConditionFacts): Finding {
  const type = 'Initialized';
  if (phase === 'Succeeded') return { type, status: 'True', reason: 'PodCompleted' };
  const incomplete = incompleteInit(spec, init);
  if (incomplete.length === 0 || main.some(hasRun)) return { type, status: 'True' };
  return { type, status: 'False', reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${incomplete.join(' ')}]` };
}

function incompleteInit({ initContainers }: PodSpec, statuses: readonly ContainerStatus[]): readonly string[] {
  if (!initContainers) return [];
  return initContainers.filter(({ restartPolicy }, i) => !(restartPolicy === 'Always' ? statuses[i]!.started : statuses[i]!.ready)).map(({ name }) => name);
}
