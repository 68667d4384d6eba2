// Deletes pods from nodes with a NoExecute taint, at once or when their toleration ends (pkg/controller/tainteviction).
import { objectKey, splitKey } from '../../../kube/resource.ts';
import { formatTime } from '../../../kube/time.ts';
import type { Node, Pod, Taint, Toleration } from '../../../schema/generated/types.ts';
import type { Component, ComponentFactory, Surroundings } from '../../runtime/component.ts';
import type { Writer } from '../../runtime/writer.ts';
import type { Commit } from '../../store/commit.ts';
import { podsByNode } from '../../store/indexes.ts';
import { tolerates } from '../../scheduler/tolerations.ts';
import { disruptedPod } from '../disrupted-pod.ts';

const name = 'taint-eviction-controller';

export const taintEviction: ComponentFactory = (surroundings) => new TaintEviction(surroundings);

/** A pod that will be deleted unless its node recovers. */
interface Appointment {
  readonly uid: string;
  readonly madeAt: number;
  readonly at: number;
}

class TaintEviction implements Component {
  readonly name = name;
  readonly watches = ['nodes', 'pods'];
  readonly #agenda: Surroundings['agenda'];
  readonly #reader: Surroundings['reader'];
  readonly #writer: Writer;
  #appointments = new Map<string, Appointment>();

  constructor({ agenda, reader, writer }: Surroundings) {
    this.#agenda = agenda;
    this.#reader = reader;
    this.#writer = writer(name);
  }

  onCommit({ resource, key, before, after, resourceVersion }: Commit): void {
    if (resource === 'nodes') {
      if (executeTaints(before as Node | undefined).length === 0 && executeTaints(after as Node | undefined).length === 0) return;
      for (const pod of this.#reader.indexed(podsByNode, key).objects.keys()) this.#agenda.wake(name, pod, resourceVersion);
      return;
    }
    if (!after) return void this.#appointments.delete(key);
    const pod = after as Pod;
    if ((before as Pod | undefined)?.spec === pod.spec || !pod.spec.nodeName) return;
    if (executeTaints(this.#reader.get<Node>('nodes', undefined, pod.spec.nodeName)).length > 0) this.#agenda.wake(name, key, resourceVersion);
  }

  wake(key: string): void {
    const { namespace, name: podName } = splitKey(key);
    const pod = this.#reader.get<Pod>('pods', namespace, podName);
    if (!pod?.spec.nodeName || pod.metadata.deletionTimestamp !== undefined) return;
    const taints = executeTaints(this.#reader.get<Node>('nodes', undefined, pod.spec.nodeName));
    const stays = staysMs(taints, pod.spec.tolerations ?? []);
    if (stays === Number.POSITIVE_INFINITY) return this.#cancel(key, pod);
    const known = this.#appointments.get(key);
    const madeAt = known?.uid === pod.metadata.uid ? known.madeAt : this.#agenda.now;
    const at = madeAt + stays;
    if (at <= this.#agenda.now) return this.#evict(key, pod);
    this.#appointments.set(key, { uid: pod.metadata.uid, madeAt, at });
    this.#writer.wakeAt(at, key);
  }

  snapshot(): ReadonlyMap<string, Appointment> {
    return new Map(this.#appointments);
  }

  restore(memory: unknown): void {
    this.#appointments = new Map(memory as ReadonlyMap<string, Appointment>);
  }

  #cancel(key: string, pod: Pod): void {
    if (!this.#appointments.delete(key)) return;
    this.#writer.event(pod, { type: 'Normal', reason: 'TaintManagerEviction', message: `Cancelling deletion of Pod ${keyText(pod)}` });
  }

  #evict(key: string, pod: Pod): void {
    this.#appointments.delete(key);
    const { namespace, name: podName, uid } = pod.metadata;
    this.#writer.event(pod, { type: 'Normal', reason: 'TaintManagerEviction', message: `Marking for deletion Pod ${keyText(pod)}` });
    const reason = { code: 'taint-eviction', args: { node: pod.spec.nodeName! } };
    this.#writer.updateStatus<Pod>(
      'pods',
      disruptedPod(pod, 'DeletionByTaintManager', 'Taint manager: deleting due to NoExecute taint', formatTime(this.#agenda.now)),
      reason,
    );
    this.#writer.delete('pods', namespace, podName, { uid }, reason);
  }
}

const keyText = ({ metadata }: Pod): string => objectKey(metadata.namespace, metadata.name);

const none: readonly Taint[] = [];
const executeTaints = (node: Node | undefined): readonly Taint[] => node?.spec.taints?.filter(({ effect }) => effect === 'NoExecute') ?? none;

/** How long a pod may stay beside these taints: the shortest of its tolerations; infinite when there is no taint, or no end. */
export function staysMs(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  let stays = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const matching = tolerations.find((toleration) => tolerates(toleration, taint));
    if (!matching) return 0;
    if (matching.tolerationSeconds !== undefined) stays = Math.min(stays, Math.max(0, matching.tolerationSeconds) * 1_000);
  }
  return stays;
}
