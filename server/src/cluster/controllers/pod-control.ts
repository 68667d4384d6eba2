// How controllers make and delete their pods, and the events that tell about it.
// Source: RealPodControl (pkg/controller/controller_utils.go).
import { isStatus, type Status } from '../../kube/status.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { Pod } from '../../schema/generated/types.ts';
import type { Reason } from '../store/commit.ts';
import type { Draft, OwnParts, Writer } from '../runtime/writer.ts';
import { isNamespaceTerminating } from './refusals.ts';

export interface Failure {
  readonly status: Status;
  /** As a condition says it. */
  readonly text: string;
}

/** As they are to be written. */
interface PodClaims {
  readonly adopt: readonly Pod[];
  readonly release: readonly Pod[];
}

/** `own`: what the pod does not share with the others of its template. */
export function createPod(owner: KubeObject, draft: Draft<Pod>, reason: Reason, writer: Writer, own?: OwnParts): Failure | undefined {
  const pod = own ? writer.createMember(draft, own, reason) : writer.create<Pod>('pods', draft, reason);
  if (!isStatus(pod)) {
    writer.event(owner, { type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}` });
    return undefined;
  }
  if (isNamespaceTerminating(pod)) return undefined;
  const text = pod.message ?? '';
  writer.event(owner, { type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${text}` });
  return { status: pod, text };
}

/**
 * Takes orphans in and lets go of pods that are not selected any more; the first failure is the answer, and one that is gone already
 * is none. `owner`: who claims them, `{ replicaSet: 'web-59f8945fdf' }`.
 */
export function claimPods({ adopt, release }: PodClaims, owner: Reason['args'], writer: Writer): Status | undefined {
  let failed: Status | undefined;
  const write = (pod: Pod, code: string) => {
    const answer = writer.update('pods', pod, { code, args: owner });
    if (isStatus(answer) && answer.code !== 404) failed ??= answer;
  };
  for (const pod of adopt) write(pod, 'adopt-pod');
  for (const pod of release) write(pod, 'release-pod');
  return failed;
}

/** Deletes all of them; the first failure is the answer. One that is gone already is no failure, and nothing to tell. */
export function deletePods(owner: KubeObject, pods: Iterable<Pod>, reason: Reason, writer: Writer): Failure | undefined {
  let failed: Failure | undefined;
  for (const { metadata } of pods) {
    const answer = writer.delete('pods', metadata.namespace, metadata.name, {}, reason);
    if (!isStatus(answer)) {
      writer.event(owner, { type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${metadata.name}` });
    } else if (answer.code !== 404) {
      writer.event(owner, { type: 'Warning', reason: 'FailedDelete', message: `Error deleting: ${answer.message ?? ''}` });
      failed ??= { status: answer, text: `unable to delete pods: ${answer.message ?? ''}` };
    }
  }
  return failed;
}
