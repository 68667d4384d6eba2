// What a StatefulSet says about its pods and claims.
// Source: recordPodEvent, recordClaimEvent (stateful_pod_control.go).
import type { Status } from '../../../kube/status.ts';
import type { StatefulSet } from '../../../schema/generated/types.ts';
import type { Writer } from '../../runtime/writer.ts';

export type Verb = 'Create' | 'Update' | 'Delete';

export class Events {
  readonly #set: StatefulSet;
  readonly #writer: Writer;

  constructor(set: StatefulSet, writer: Writer) {
    this.#set = set;
    this.#writer = writer;
  }

  /** Returns the failure that it was told. */
  pod(verb: Verb, name: string, failed?: Status): Status | undefined {
    const subject = `${verb} Pod ${name} in StatefulSet ${this.#set.metadata.name}`;
    return this.#tell(verb, failed ? `${subject} failed error: ${failed.message ?? ''}` : `${subject} successful`, failed);
  }

  claim(verb: Verb, name: string, pod: string, failed?: Status): Status | undefined {
    const inSet = `Pod ${pod} in StatefulSet ${this.#set.metadata.name}`;
    const message = failed ? `${verb} Claim ${name} for ${inSet} failed error: ${failed.message ?? ''}` : `${verb} Claim ${name} ${inSet} success`;
    return this.#tell(verb, message, failed);
  }

  #tell(verb: Verb, message: string, failed: Status | undefined): Status | undefined {
    const type = failed ? 'Warning' : 'Normal';
    this.#writer.event(this.#set, { type, reason: `${failed ? 'Failed' : 'Successful'}${verb}`, message });
    return failed;
  }
}
