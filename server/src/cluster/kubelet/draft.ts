// What the steps of one sync share and change.
import type { Pod } from '../../schema/generated/types.ts';
import type { EventDraft } from '../runtime/writer.ts';
import type { PodFaults } from '../../kube/fault-annotations.ts';
import type { ContainerRun, PodRun } from './pod-run.ts';

export interface PodSurroundings {
  readonly now: number;
  readonly faults: PodFaults;
  /** No container of this pod may become ready before: its owner's other pods come first. */
  readonly notReadyBefore: number;
  /** Whether the node has this image already. */
  hasImage(image: string): boolean;
  newIp(): string;
  /** With which code a container has ended by itself; undefined: it has not. */
  exitOf?(containerId: string): number | undefined;
}

export interface Draft {
  readonly pod: Pod;
  readonly surroundings: PodSurroundings;
  run: PodRun;
  /** Whether the status shows a difference. */
  changed: boolean;
  readonly events: EventDraft[];
  /** Images that were fetched. */
  readonly pulled: string[];
  /** When its containers become ready, where that was settled now. */
  readyAt: number | undefined;
}

/** A running container, ended. */
export function exited(container: ContainerRun, code: number, reason: string, now: number): ContainerRun {
  const exit = { code, reason, startedAt: container.startedAt!, finishedAt: now, containerId: container.id! };
  return { ...container, state: 'exited', ready: false, started: false, ahead: undefined, exit };
}
