// POST pods/NAME/eviction: deletes a pod, unless a PodDisruptionBudget says that it must not go now.
// Source: pkg/registry/core/pod/storage/eviction.go.
import { invalid } from '../../../validation/invalid.ts';
import { quote } from '../../../kube/quote.ts';
import { matches, selectorOf } from '../../../kube/label-selector.ts';
import { isStatus, failure, type Status } from '../../../kube/status.ts';
import type { Eviction, Pod, PodCondition, PodDisruptionBudget } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { budgetsByNamespace } from '../../store/indexes.ts';
import { isFinished, readyCondition } from '../../store/pod-facts.ts';
import { badRequest, forbidden, notFound, unexpected } from '../answers.ts';
import type { RegistryContext, Write } from '../context.ts';
import { checkPreconditions, deleteObject, type Deletion } from '../delete.ts';
import type { Strategy } from '../strategy.ts';
import { commitChange, settleStatus } from '../update.ts';
import { inNamespace, readBody } from '../verbs/body.ts';
import { writeOf, type VerbHandler } from '../verbs/handler.ts';
import { disruptionCondition, syncFailed, withDisruptionAllowed } from './disruption-allowed.ts';

const success = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } as const;
const budgets = 'poddisruptionbudgets.policy';

export const createEviction: VerbHandler = (context, strategy, request, warnings) => {
  const { namespace, name = '' } = request;
  const body = readBody(kindOf('policy/v1', 'Eviction')!, request, warnings);
  if (isStatus(body)) return body;
  const { metadata, deleteOptions = {} } = body as Eviction;
  const elsewhere = inNamespace(strategy, body, request);
  if (isStatus(elsewhere)) return elsewhere;
  if (metadata.name !== name) return badRequest('name in URL does not match name in Eviction object');
  const { dryRun, ...write } = writeOf(context, request, warnings);
  const asked: Write = { ...write, dryRun: dryRun || (deleteOptions.dryRun?.length ?? 0) > 0 };
  const pod = context.store.get<Pod>('pods', namespace, name);
  if (!pod) return notFound(strategy.info, name);
  const refused = isUnguarded(pod) ? undefined : askBudgets(context, pod, asked);
  return refused ?? refusePolicy(deleteOptions) ?? evict(context, strategy, pod, deleteOptions as Deletion, asked) ?? success;
};

function refusePolicy({ propagationPolicy }: NonNullable<Eviction['deleteOptions']>): Status | undefined {
  if (propagationPolicy === undefined || propagationPolicies.includes(propagationPolicy)) return undefined;
  const detail = `supported values: ${[...propagationPolicies, 'nil'].map(quote).join(', ')}`;
  return invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', [
    { type: 'FieldValueNotSupported', path: 'propagationPolicy', badValue: propagationPolicy, detail },
  ]);
}

const propagationPolicies = ['Foreground', 'Background', 'Orphan'];

/** It does no work, or is going already: nothing is disrupted. */
const isUnguarded = (pod: Pod) => isFinished(pod) || pod.status.phase === 'Pending' || pod.metadata.deletionTimestamp !== undefined;

function askBudgets(context: RegistryContext, pod: Pod, write: Write): Status | undefined {
  const guards = budgetsOf(context, pod);
  if (guards.length > 1) return unexpected('This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.');
  const [budget] = guards;
  if (!budget || (!isReady(pod) && mayGoUnready(budget))) return undefined;
  return refusal(budget) ?? charge(context, budget, pod, write);
}

function budgetsOf({ store }: RegistryContext, { metadata }: Pod): readonly PodDisruptionBudget[] {
  const all = [...store.indexed(budgetsByNamespace, metadata.namespace ?? '').objects.values()] as PodDisruptionBudget[];
  return all.filter(({ spec }) => {
    const parsed = selectorOf(spec.selector);
    return 'selector' in parsed && matches(parsed.selector, metadata.labels);
  });
}

const isReady = (pod: Pod) => readyCondition(pod)?.status === 'True';

/** A pod that is not ready does not count as healthy, so its going makes nothing worse, as long as enough others are. */
function mayGoUnready({ spec, status: { currentHealthy = 0, desiredHealthy = 0 } }: PodDisruptionBudget): boolean {
  return spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' || (currentHealthy >= desiredHealthy && desiredHealthy > 0);
}

const mostDisrupted = 2000;

function refusal({ metadata, status }: PodDisruptionBudget): Status | undefined {
  const { name, generation = 0 } = metadata;
  const { disruptionsAllowed = 0, observedGeneration = 0, disruptedPods = {} } = status;
  const record = { group: 'policy', resource: 'poddisruptionbudget' };
  if (observedGeneration < generation) return tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  if (disruptionsAllowed < 0) return forbidden(record, name, 'pdb disruptions allowed is negative');
  if (Object.keys(disruptedPods).length > mostDisrupted) {
    return forbidden(record, name, 'DisruptedPods map too big - too many evictions not confirmed by PDB controller');
  }
  return disruptionsAllowed === 0 ? tooMany(`The disruption budget ${name} ${whyNone(status)}`) : undefined;
}

function whyNone(status: PodDisruptionBudget['status']): string {
  const { currentHealthy = 0, desiredHealthy = 0 } = status;
  const condition = disruptionCondition(status);
  const says = condition?.status === 'False' && condition.message !== '' ? condition : undefined;
  if (says?.reason === syncFailed) return `does not allow evicting pods currently because it failed sync: ${says.message}`;
  if (currentHealthy <= desiredHealthy) return `needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  return `does not allow evicting pods currently${says ? ` (${says.reason}): ${says.message}` : ''}`;
}

function tooMany(message: string, retryAfterSeconds?: number): Status {
  const causes = [{ reason: 'DisruptionBudget', message }];
  const details = { causes, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  return failure(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", details);
}

/** One disruption less, and the controller is told that this pod is as good as gone. */
function charge({ store, time }: RegistryContext, budget: PodDisruptionBudget, { metadata: { name: podName } }: Pod, { dryRun, cause }: Write): undefined {
  if (dryRun) return;
  const { namespace, name } = budget.metadata;
  const { status } = budget;
  const disruptionsAllowed = (status.disruptionsAllowed ?? 0) - 1;
  const charged = { ...status, disruptionsAllowed, disruptedPods: { ...status.disruptedPods, [podName]: time } };
  const after: PodDisruptionBudget = { ...budget, status: disruptionsAllowed === 0 ? withDisruptionAllowed(charged, time) : charged };
  store.commit({ resource: budgets, namespace, name, after, cause });
}

/** Says on the pod why it goes, and deletes it. */
function evict(context: RegistryContext, strategy: Strategy, pod: Pod, deletion: Deletion, write: Write): Status | undefined {
  const refused = checkPreconditions(strategy, pod, deletion.preconditions);
  if (refused) return refused;
  const told: Pod = { ...pod, status: { ...pod.status, conditions: withDisruptionTarget(pod.status.conditions ?? [], context.time) } };
  const marked = write.dryRun ? pod : commitChange(context, strategy, pod, settleStatus(strategy, pod, told, context.time), write);
  if (isStatus(marked)) return marked;
  const { preconditions: _, ...rest } = deletion;
  const result = deleteObject(context, strategy, marked, rest, write);
  return isStatus(result) ? result : undefined;
}

function withDisruptionTarget(conditions: readonly PodCondition[], time: string): readonly PodCondition[] {
  const type = 'DisruptionTarget';
  const known = conditions.find((condition) => condition.type === type);
  const lastTransitionTime = known?.status === 'True' ? known.lastTransitionTime! : time;
  const target: PodCondition = { type, status: 'True', lastTransitionTime, reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' };
  return [...conditions.filter((condition) => condition.type !== type), target];
}
