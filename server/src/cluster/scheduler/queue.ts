// Pods that wait for a node.
//
// active: to be tried now, by priority and then in order of arrival. unschedulable: fits nowhere; waits until something changes
// that could help, or five minutes pass. failed: binding was refused; waits out its back-off (1 s, doubling to 10 s).
// A pod that something could help while it is still backing off is tried after all the others, as the scheduler does when it has
// nothing better to do.
import TinyQueue from 'tinyqueue';

export interface QueuedPod {
  readonly key: string;
  readonly uid: string;
  readonly priority: number;
  readonly place: 'active' | 'unschedulable' | 'failed';
  /** Active, but still backing off. */
  readonly late: boolean;
  /** Breaks ties of priority: first come, first served; a pod that was refused comes again. */
  readonly arrival: number;
  readonly tries: number;
  /** Virtual milliseconds since 1970. */
  readonly triedAt: number;
  /** The filters that refused it. */
  readonly refusedBy: ReadonlySet<string>;
}

const firstBackoffMs = 1_000;
const longestBackoffMs = 10_000;
/** After this long an unschedulable pod is tried again whatever happened. */
export const leftoverMs = 300_000;

const nobody: ReadonlySet<string> = new Set();

export const backoffMs = (tries: number): number => (tries === 0 ? 0 : Math.min(longestBackoffMs, firstBackoffMs * 2 ** (tries - 1)));

export class SchedulingQueue {
  #pods = new Map<string, QueuedPod>();
  #unschedulable = new Map<string, QueuedPod>();
  #arrivals = 0;
  #active = new TinyQueue<QueuedPod>([], byUrgency);

  get(key: string): QueuedPod | undefined {
    return this.#pods.get(key);
  }

  /** Those that fit nowhere. */
  get unschedulable(): ReadonlyMap<string, QueuedPod> {
    return this.#unschedulable;
  }

  /** A new pod, or one that was changed so that it may fit now. */
  add(key: string, uid: string, priority: number): void {
    const before = this.#pods.get(key);
    const known = before?.uid === uid ? before : undefined;
    const { arrival, tries, triedAt } = known ?? { arrival: this.#arrivals++, tries: 0, triedAt: 0 };
    this.#set({ key, uid, priority, place: 'active', late: false, arrival, tries, triedAt, refusedBy: nobody });
  }

  /** Tries a waiting pod again. */
  activate(key: string, now: number): void {
    const pod = this.#pods.get(key);
    if (!pod || pod.place === 'active') return;
    this.#set({ ...pod, place: 'active', late: now < pod.triedAt + backoffMs(pod.tries) });
  }

  /** The next one to try; it is not in the queue any more, unless it is put back with `refused` or `failed`. */
  take(): QueuedPod | undefined {
    for (;;) {
      const pod = this.#active.pop();
      if (!pod) return undefined;
      // What was replaced or removed since is still in the heap.
      if (this.#pods.get(pod.key) !== pod) continue;
      this.#delete(pod.key);
      return pod;
    }
  }

  refused(pod: QueuedPod, now: number, refusedBy: ReadonlySet<string>): void {
    this.#set({ ...pod, place: 'unschedulable', late: false, tries: pod.tries + 1, triedAt: now, arrival: this.#arrivals++, refusedBy });
  }

  failed(pod: QueuedPod, now: number): void {
    this.#set({ ...pod, place: 'failed', late: false, tries: pod.tries + 1, triedAt: now, arrival: this.#arrivals++, refusedBy: nobody });
  }

  remove(key: string): void {
    this.#delete(key);
  }

  snapshot(): QueueMemory {
    return { pods: [...this.#pods.values()], arrivals: this.#arrivals };
  }

  restore({ pods, arrivals }: QueueMemory): void {
    this.#pods = new Map();
    this.#unschedulable = new Map();
    this.#active = new TinyQueue<QueuedPod>([], byUrgency);
    this.#arrivals = arrivals;
    for (const pod of pods) this.#set(pod);
  }

  #set(pod: QueuedPod): void {
    this.#delete(pod.key);
    this.#pods.set(pod.key, pod);
    if (pod.place === 'active') this.#active.push(pod);
    if (pod.place === 'unschedulable') this.#unschedulable.set(pod.key, pod);
  }

  #delete(key: string): void {
    this.#pods.delete(key);
    this.#unschedulable.delete(key);
  }
}

export interface QueueMemory {
  readonly pods: readonly QueuedPod[];
  readonly arrivals: number;
}

const byUrgency = (a: QueuedPod, b: QueuedPod): number => Number(a.late) - Number(b.late) || b.priority - a.priority || a.arrival - b.arrival;
