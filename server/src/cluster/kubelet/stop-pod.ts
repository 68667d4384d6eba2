// A pod that is being deleted: its containers are told to stop, have stop-after to do so, and are killed when the grace period ends.
import type { Container } from '../../schema/generated/types.ts';
import type { ContainerRun } from './pod-run.ts';
import { exited, type Draft } from './draft.ts';

export function stepStopping(draft: Draft): void {
  const { now } = draft.surroundings;
  if (draft.run.gone) return;
  if (draft.run.ended) return finish(draft, false);
  const killAt = now + graceMs(draft);
  const { stopping } = draft.run;
  if (!stopping) begin(draft, killAt);
  // Deleted again, with less patience.
  else if (killAt < stopping.killAt) draft.run = { ...draft.run, stopping: { ...stopping, killAt } };
  const { stopsAt, killAt: latest } = draft.run.stopping!;
  if (now >= Math.min(stopsAt, latest)) finish(draft, latest < stopsAt);
}

function begin(draft: Draft, killAt: number): void {
  const { pod, run, surroundings } = draft;
  const { initContainers = [], containers } = pod.spec;
  tellKilling(draft, containers, run.containers, 'containers');
  tellKilling(draft, initContainers, run.init, 'initContainers');
  draft.run = { ...run, stopping: { stopsAt: surroundings.now + wantedMs(draft), killAt } };
}

function tellKilling({ events, run }: Draft, containers: readonly Container[], runs: readonly ContainerRun[], list: string): void {
  for (const [i, { name }] of containers.entries()) {
    if (runs[i]?.state !== 'running') continue;
    events.push({ type: 'Normal', reason: 'Killing', message: `Stopping container ${name}`, fieldPath: `spec.${list}{${name}}`, host: run.node });
  }
}

function finish(draft: Draft, killed: boolean): void {
  const { now } = draft.surroundings;
  const stop = (container: ContainerRun) => {
    if (container.state !== 'running') return container;
    if (killed) return exited(container, 137, 'Error', now);
    // What was to run to its end, and was told to stop before, has not done its work.
    return container.ahead?.end ? exited(container, 143, 'Error', now) : exited(container, 0, 'Completed', now);
  };
  const { run } = draft;
  draft.run = { ...run, init: run.init.map(stop), containers: run.containers.map(stop), gone: true };
  draft.changed = !run.ended;
}

/** How long it takes to stop when nobody hurries: what a preStop hook sleeps, and then what is declared. */
function wantedMs({ pod, surroundings }: Draft): number {
  const sleeps = pod.spec.containers.map(({ lifecycle }) => (lifecycle?.preStop?.sleep?.seconds ?? 0) * 1_000);
  return Math.max(...sleeps) + surroundings.faults.stopAfterMs;
}

const graceMs = ({ pod }: Draft): number => (pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30) * 1_000;
