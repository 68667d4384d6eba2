// kubectl rollout status: tells how far a rollout is at every change, until it is done.
import { command, type Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { flag, number, text } from '../../flags.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import type { Session } from '../../session.ts';
import { fileFlags, namesFiles, resolve, type Found } from '../../targets.ts';
import type { KubeObject } from '../../../kube/object.ts';
import type { DaemonSet, Deployment, StatefulSet } from '../../../schema/generated/types.ts';
import { durationOf } from '../durations.ts';

const flags = {
  watch: flag(true, 'w'),
  revision: number(0),
  timeout: text(undefined, '0s'),
  ...fileFlags,
  selector: text('l'),
} as const;

export const rolloutStatus = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  const timeoutMs = durationOf(flags.timeout, 'timeout', 'rollout status');
  if (isProblem(timeoutMs)) return timeoutMs;
  if (words.length === 0 && !namesFiles(flags)) return problem('required resource not specified');
  const resolved = resolve(words, flags, session, 'all');
  if (isProblem(resolved)) return resolved;
  if (resolved.problems[0]) return resolved.problems[0];
  if (resolved.found.length === 0) session.environment.stderr(`No resources found in ${session.namespace} namespace.\n`);
  for (const found of resolved.found) {
    const failed = yield* follow(found, { watch: flags.watch, revision: flags.revision, timeoutMs }, session);
    if (failed) return failed;
  }
  return undefined;
});

interface Following {
  readonly watch: boolean;
  readonly revision: number;
  /** 0: as long as it takes. */
  readonly timeoutMs: number;
}

function* follow({ kind, name, namespace }: Found, { watch, revision, timeoutMs }: Following, session: Session): Generator<Wait, Problem | undefined> {
  const { environment } = session;
  const until = timeoutMs > 0 ? environment.now() + timeoutMs : undefined;
  const listed = session.list(kind, namespace, { fieldSelector: `metadata.name=${name}` });
  if (isProblem(listed)) return listed;
  let version = listed.metadata.resourceVersion;
  let states: readonly KubeObject[] = listed.items;
  for (;;) {
    for (const state of states) {
      const status = statusOf(state, revision);
      if (isProblem(status)) return status;
      session.print(status.text);
      if (status.done || !watch) return undefined;
    }
    if (until !== undefined && environment.now() >= until) return problem('timed out waiting for the condition');
    yield until === undefined ? {} : { until };
    const changes = environment.changes(kind, version).filter(({ object }) => object.metadata.name === name && object.metadata.namespace === namespace);
    version = changes.at(-1)?.version ?? version;
    if (changes.some(({ type }) => type === 'DELETED')) return problem('object has been deleted');
    states = changes.map(({ object }) => object);
  }
}

type State = { readonly text: string; readonly done: boolean };
const waiting = (text: string): State => ({ text, done: false });

function statusOf(object: KubeObject, revision: number): State | Problem {
  switch (object.kind) {
    case 'Deployment':
      return deploymentStatus(object as Deployment, revision);
    case 'DaemonSet':
      return daemonSetStatus(object as DaemonSet);
    case 'StatefulSet':
      return statefulSetStatus(object as StatefulSet);
    default:
      return problem(`no status viewer has been implemented for ${object.kind}`);
  }
}

/** Source: DeploymentStatusViewer (kubectl pkg/polymorphichelpers/rollout_status.go). */
function deploymentStatus({ metadata, spec, status }: Deployment, wanted: number): State | Problem {
  const revision = Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  if (wanted > 0 && wanted !== revision) return problem(`desired revision (${wanted}) is different from the running revision (${revision})`);
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) return waiting('Waiting for deployment spec update to be observed...');
  if (status.conditions?.some(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded'))
    return problem(`deployment "${metadata.name}" exceeded its progress deadline`);
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  const about = (text: string) => waiting(`Waiting for deployment "${metadata.name}" rollout to finish: ${text}...`);
  if (updatedReplicas < (spec.replicas ?? 0)) return about(`${updatedReplicas} out of ${spec.replicas} new replicas have been updated`);
  if (replicas > updatedReplicas) return about(`${replicas - updatedReplicas} old replicas are pending termination`);
  if (availableReplicas < updatedReplicas) return about(`${availableReplicas} of ${updatedReplicas} updated replicas are available`);
  return { text: `deployment "${metadata.name}" successfully rolled out`, done: true };
}

function daemonSetStatus({ metadata, spec, status }: DaemonSet): State | Problem {
  if (spec.updateStrategy?.type !== 'RollingUpdate') return problem('rollout status is only available for RollingUpdate strategy type');
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) return waiting('Waiting for daemon set spec update to be observed...');
  const { desiredNumberScheduled: desired = 0, updatedNumberScheduled: updated = 0, numberAvailable: available = 0 } = status;
  const about = (text: string) => waiting(`Waiting for daemon set "${metadata.name}" rollout to finish: ${text}...`);
  if (updated < desired) return about(`${updated} out of ${desired} new pods have been updated`);
  if (available < desired) return about(`${available} of ${desired} updated pods are available`);
  return { text: `daemon set "${metadata.name}" successfully rolled out`, done: true };
}

/** Source: StatefulSetStatusViewer (kubectl pkg/polymorphichelpers/rollout_status.go). */
function statefulSetStatus({ metadata, spec, status }: StatefulSet): State | Problem {
  if (spec.updateStrategy?.type !== 'RollingUpdate') return problem('rollout status is only available for RollingUpdate strategy type');
  if ((status.observedGeneration ?? 0) === 0 || (metadata.generation ?? 0) > (status.observedGeneration ?? 0))
    return waiting('Waiting for statefulset spec update to be observed...');
  const { readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0, currentRevision = '', updateRevision = '' } = status;
  const { replicas = 0 } = spec;
  if (readyReplicas < replicas) return waiting(`Waiting for ${replicas - readyReplicas} pods to be ready...`);
  const { rollingUpdate } = spec.updateStrategy;
  // A partition of 0, which is the default, is a partition all the same.
  if (rollingUpdate) {
    const wanted = replicas - (rollingUpdate.partition ?? replicas);
    return updatedReplicas < wanted
      ? waiting(`Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${wanted} new pods have been updated...`)
      : { text: `partitioned roll out complete: ${updatedReplicas} new pods have been updated...`, done: true };
  }
  if (updateRevision !== currentRevision)
    return waiting(`waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...`);
  return { text: `statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`, done: true };
}
