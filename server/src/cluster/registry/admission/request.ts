// What is asked of admission: a write that is about to happen, with who does it.
import type { KubeObject } from '../../../kube/object.ts';
import type { Status } from '../../../kube/status.ts';
import type { RegistryContext, Write } from '../context.ts';
import type { Strategy } from '../strategy.ts';

export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly strategy: Strategy;
  /** What is going to be stored; of a DELETE, what is going to be removed. */
  readonly object: KubeObject;
  /** Of an UPDATE: what is stored now. */
  readonly before?: KubeObject;
  /** Who writes, whether it is a dry run, which subresource it is about, and where warnings go. */
  readonly write: Write;
}

/** Changes what is sent, before the rules of its kind see it: gives back the object, changed or not, or why it is refused. */
export type Admit = (context: RegistryContext, request: AdmissionRequest) => KubeObject | Status;

/** Looks at the object as it would be stored, valid and complete: why it is refused, or undefined. May warn. */
export type Check = (context: RegistryContext, request: AdmissionRequest) => Status | undefined;

/** A new pod, as nearly all that admission does is about. */
export const isNewPod = ({ operation, strategy, write }: AdmissionRequest): boolean =>
  operation === 'CREATE' && strategy.resource === 'pods' && write.subresource === undefined;
