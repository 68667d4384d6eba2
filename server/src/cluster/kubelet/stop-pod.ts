// A pod that is being deleted: its containers are told to stop, have stopped-after to do so, and are killed when the grace period ends.
import type { Container } from '../../schema/generated/types.ts';
import type { ContainerRun } from './pod-run.ts';
import { exited, type Draft } from './draft.ts';

export function stepStopping(draft: Draft): void {
  const { now } = draft.surroundings;
  const { run } = draft;
  if (run.gone) return;
  const until = run.stopping ? Math.min(run.stopping.until, now + graceMs(draft)) : begin(draft);
  if (now < until) draft.run = { ...draft.run, stopping: { killed: run.stopping?.killed ?? isKilled(draft), until } };
  else finish(draft);
}

/** Returns when it is over. */
function begin(draft: Draft): number {
  const { pod, run, surroundings } = draft;
  if (run.ended) return surroundings.now;
  const { initContainers = [], containers } = pod.spec;
  tellKilling(draft, containers, run.containers, 'containers');
  tellKilling(draft, initContainers, run.init, 'initContainers');
  return surroundings.now + Math.min(wantedMs(draft), graceMs(draft));
}

function tellKilling({ events }: Draft, containers: readonly Container[], runs: readonly ContainerRun[], list: string): void {
  for (const [i, { name }] of containers.entries()) {
    if (runs[i]?.state === 'running')
      events.push({ type: 'Normal', reason: 'Killing', message: `Stopping container ${name}`, fieldPath: `spec.${list}{${name}}` });
  }
}

function finish(draft: Draft): void {
  const killed = draft.run.stopping?.killed ?? isKilled(draft);
  const stop = (container: ContainerRun) => {
    if (container.state !== 'running') return container;
    return killed ? exited(container, 137, 'Error', draft.surroundings.now) : exited(container, 0, 'Completed', draft.surroundings.now);
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

const isKilled = (draft: Draft): boolean => wantedMs(draft) > graceMs(draft);
