// Makes the claims of a pod, and gives claims their owners.
// Source: createMissingPersistentVolumeClaims (stateful_pod_control.go).
import { isStatus, type Status } from '../../../kube/status.ts';
import type { PersistentVolumeClaim, StatefulSet } from '../../../schema/generated/types.ts';
import type { Writer } from '../../runtime/writer.ts';
import type { ClaimsPlan } from './claims.ts';
import type { Events } from './events.ts';

const resource = 'persistentvolumeclaims';

/** All that can be made is made; what went wrong is told together: '[failed to create PVC a-web-0: …, pvc b-web-0 is being deleted]'. */
export function writeClaims({ create, dying, own }: ClaimsPlan, pod: string, set: StatefulSet, events: Events, writer: Writer): Status | undefined {
  const args = { pod };
  let failed: Status | undefined;
  const texts: string[] = [];
  for (const draft of create) {
    const name = draft.metadata.name ?? '';
    const answer = writer.create<PersistentVolumeClaim>(resource, draft, { code: 'create-claim', args });
    const status = isStatus(answer) ? answer : undefined;
    if (status?.reason !== 'AlreadyExists') events.claim('Create', name, pod, status);
    if (!status) continue;
    failed = status;
    texts.push(`failed to create PVC ${name}: ${status.message ?? ''}`);
  }
  for (const name of dying) texts.push(`pvc ${name} is being deleted`);
  if (texts.length > 0) return { ...(failed ?? conflict), message: texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]` };
  return own.length > 0 ? giveOwners(own, pod, events, writer) : undefined;
}

const conflict: Status = { apiVersion: 'v1', kind: 'Status', metadata: {}, status: 'Failure', reason: 'Conflict', code: 409 };

function giveOwners(claims: readonly PersistentVolumeClaim[], pod: string, events: Events, writer: Writer): Status | undefined {
  for (const claim of claims) {
    const answer = writer.update(resource, claim, { code: 'own-claim', args: { pod } });
    if (!isStatus(answer)) continue;
    const message = `Could not update claim ${claim.metadata.name} for delete policy ownerRefs: ${answer.message ?? ''}`;
    return events.pod('Update', pod, { ...answer, message });
  }
  return undefined;
}
