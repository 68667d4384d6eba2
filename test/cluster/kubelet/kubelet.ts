// A pod on a kubelet, for tests: time passes, and what happens is written down.
import type { StringMap } from '../../../server/src/kube/object.ts';
import { podFaults } from '../../../server/src/kube/fault-annotations.ts';
import { podStatus } from '../../../server/src/cluster/kubelet/pod-status.ts';
import type { PodRun } from '../../../server/src/cluster/kubelet/pod-run.ts';
import { syncPod } from '../../../server/src/cluster/kubelet/sync-pod.ts';
import type { Container, ContainerStatus, Pod, PodSpec } from '../../../server/src/schema/generated/types.ts';

export interface Story {
  readonly annotations?: StringMap;
  readonly spec?: Partial<PodSpec>;
  readonly containers?: readonly Partial<Container>[];
  readonly owner?: string;
  readonly notReadyBefore?: number;
  readonly hasImage?: boolean;
}

const start = Date.UTC(2026, 0, 1);

/** One pod on one node. Times are milliseconds since it was bound. */
export class PodOnNode {
  pod: Pod;
  run: PodRun | undefined;
  nextAt: number | undefined = 0;
  readonly lines: string[] = [];
  readonly #notReadyBefore: number;
  readonly #hasImage: boolean;

  constructor({ annotations, spec, containers = [{}], owner, notReadyBefore = 0, hasImage = true }: Story = {}) {
    this.#notReadyBefore = notReadyBefore;
    this.#hasImage = hasImage;
    this.pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'web',
        namespace: 'default',
        uid: 'uid-1',
        resourceVersion: '1',
        generation: 1,
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...(annotations && { annotations }),
        ...(owner && { ownerReferences: [{ apiVersion: 'v1', kind: owner, name: 'owner', uid: 'owner', controller: true }] }),
      },
      spec: {
        restartPolicy: 'Always',
        nodeName: 'node-1',
        ...spec,
        containers: containers.map((container, i) => ({ name: `c${i}`, image: 'nginx:1.25', resources: {}, ...container })),
      },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    };
  }

  /** Lets time pass, doing everything when it is due. */
  until(at: number): this {
    while (this.nextAt !== undefined && this.nextAt <= at) this.#sync(this.nextAt);
    return this;
  }

  delete(at: number, graceSeconds = 30): this {
    this.until(at);
    this.pod = { ...this.pod, metadata: { ...this.pod.metadata, deletionTimestamp: 'now', deletionGracePeriodSeconds: graceSeconds } };
    this.#sync(at);
    return this;
  }

  change(at: number, spec: Partial<PodSpec>): this {
    this.until(at);
    this.pod = { ...this.pod, spec: { ...this.pod.spec, ...spec } };
    this.#sync(at);
    return this;
  }

  #sync(at: number): void {
    const now = start + at;
    const faults = podFaults(this.pod.metadata.annotations);
    const surroundings = { now, faults, notReadyBefore: start + this.#notReadyBefore, hasImage: () => this.#hasImage, newIp: () => '10.244.1.2' };
    const { run, changed, events, nextAt } = syncPod(this.pod, this.run, surroundings);
    this.run = run;
    this.nextAt = nextAt === undefined ? undefined : nextAt - start;
    for (const { type, reason, message } of events) this.lines.push(`${at} ${type === 'Warning' ? '! ' : ''}${reason}: ${message}`);
    if (!changed) return;
    this.pod = { ...this.pod, status: podStatus(this.pod, run, { now, hostIp: '172.18.0.2' }) };
    this.lines.push(`${at} ${this.summary}${run.gone ? ' gone' : ''}`);
  }

  /** 'Running 1/1', 'Pending 0/1 ImagePullBackOff', 'Running 1/1 restarts 2' */
  get summary(): string {
    const { phase, containerStatuses = [], initContainerStatuses = [] } = this.pod.status;
    const ready = containerStatuses.filter((status) => status.ready).length;
    const restarts = containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
    const words = [...initContainerStatuses, ...containerStatuses].map(wordOf).filter((word) => word !== '');
    return [phase, `${ready}/${containerStatuses.length}`, ...words, ...(restarts > 0 ? [`restarts ${restarts}`] : [])].join(' ');
  }

  condition(type: string): string {
    const found = this.pod.status.conditions?.find((condition) => condition.type === type);
    return [found?.status, found?.reason, found?.message].filter(Boolean).join(' ');
  }
}

const wordOf = ({ state }: ContainerStatus): string =>
  state.waiting?.reason ?? (state.terminated ? `${state.terminated.reason}(${state.terminated.exitCode})` : '');
