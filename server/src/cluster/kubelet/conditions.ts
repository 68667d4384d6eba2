// The conditions that the kubelet keeps on a pod, in the order in which it posts them (pkg/kubelet/status/generate.go).
import type { Writable } from '../../kube/writable.ts';
import type { ContainerStatus, Pod, PodCondition, PodSpec } from '../../schema/generated/types.ts';
import { unprobed } from '../unprobed.ts';
import { hasRun, type Phase } from './phase.ts';

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

/** What a condition says, apart from its type. */
interface Finding {
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

const yes: Finding = { status: 'True' };
const no: Finding = { status: 'False' };
const completed: Finding = { status: 'False', reason: 'PodCompleted' };
const failed: Finding = { status: 'False', reason: 'PodFailed' };
const completedInit: Finding = { status: 'True', reason: 'PodCompleted' };

/** Conditions of others come first, as they are. */
export function conditionsOf(facts: ConditionFacts): readonly PodCondition[] {
  const conditions: PodCondition[] = [];
  for (const condition of facts.pod.status.conditions ?? []) if (!own.has(condition.type)) conditions.push(condition);
  const containersReady = containersReadyOf(facts);
  conditions.push(
    conditionOf('PodReadyToStartContainers', facts.hasSandbox ? yes : no, facts),
    conditionOf('Initialized', initializedOf(facts), facts),
    conditionOf('Ready', readyOf(facts, containersReady), facts),
    conditionOf('ContainersReady', containersReady, facts),
    conditionOf('PodScheduled', yes, facts),
  );
  return conditions;
}

/** The very same object as before when nothing changed; the time of the last transition only moves with the status. */
function conditionOf(type: string, { status, reason, message }: Finding, { pod, time }: ConditionFacts): PodCondition {
  const { generation } = pod.metadata;
  const before = find(pod, type);
  if (before && before.status === status && before.reason === reason && before.message === message && before.observedGeneration === generation) return before;
  const condition: Writable<PodCondition> = { type, status, ...unprobed, lastTransitionTime: time };
  if (before?.status === status && before.lastTransitionTime !== undefined) condition.lastTransitionTime = before.lastTransitionTime;
  if (generation !== undefined) condition.observedGeneration = generation;
  if (reason !== undefined) condition.reason = reason;
  if (message !== undefined) condition.message = message;
  return condition;
}

function find({ status }: Pod, type: string): PodCondition | undefined {
  for (const condition of status.conditions ?? []) if (condition.type === type) return condition;
  return undefined;
}

function containersReadyOf({ pod: { spec }, phase, init, main }: ConditionFacts): Finding {
  if (phase === 'Succeeded') return completed;
  if (phase === 'Failed') return failed;
  const unready: string[] = [];
  for (const [i, { name, restartPolicy }] of (spec.initContainers ?? []).entries()) if (restartPolicy === 'Always' && !init[i]!.ready) unready.push(name);
  for (const [i, { name }] of spec.containers.entries()) if (!main[i]!.ready) unready.push(name);
  if (unready.length === 0) return yes;
  return { status: 'False', reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
}

/** As ready as its containers, and as the conditions that the pod names as readiness gates. */
function readyOf({ pod }: ConditionFacts, containersReady: Finding): Finding {
  if (containersReady.status === 'False' || !pod.spec.readinessGates?.length) return containersReady;
  const messages: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates) {
    const gate = find(pod, conditionType);
    if (!gate) messages.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (gate.status !== 'True') messages.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`);
  }
  return messages.length === 0 ? yes : { status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') };
}

function initializedOf({ pod: { spec }, phase, init, main }: ConditionFacts): Finding {
  if (phase === 'Succeeded') return completedInit;
  const incomplete = incompleteInit(spec, init);
  if (incomplete.length === 0 || main.some(hasRun)) return yes;
  return { status: 'False', reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${incomplete.join(' ')}]` };
}

function incompleteInit({ initContainers }: PodSpec, statuses: readonly ContainerStatus[]): readonly string[] {
  if (!initContainers) return [];
  return initContainers.filter(({ restartPolicy }, i) => !(restartPolicy === 'Always' ? statuses[i]!.started : statuses[i]!.ready)).map(({ name }) => name);
}
