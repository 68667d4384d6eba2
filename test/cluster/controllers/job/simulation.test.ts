// Random jobs, with pods that fail, are deleted, and jobs that are suspended and resized meanwhile. A failing seed prints itself:
// SEED=123 npx vitest run test/cluster/controllers/job/simulation.test.ts
import { expect, test } from 'vitest';
import { Random } from '../../../../server/src/cluster/clock/random.ts';
import { isActive } from '../../../../server/src/cluster/store/pod-facts.ts';
import type { JobStatus, Pod } from '../../../../server/src/schema/generated/types.ts';
import { JobStory, type JobShape } from './job-story.ts';

const only = process.env['SEED'];
const seeds = 60;

test.each(only ? [Number(only)] : Array.from({ length: seeds }, (_, seed) => seed))('[JR1] seed %i keeps every invariant', (seed) => {
  const faults = play(seed);
  if (faults.length > 0) expect.fail(`seed ${seed} (SEED=${seed} npx vitest run test/cluster/controllers/job/simulation.test.ts)\n${faults.join('\n')}`);
});

const chance = (random: Random, share: number) => random.int(100) < share * 100;

function randomJob(random: Random): { readonly spec: JobShape; readonly annotations: Record<string, string> } {
  const completions = 1 + random.int(6);
  const indexed = chance(random, 0.5);
  const spec: JobShape = {
    parallelism: 1 + random.int(4),
    backoffLimit: random.int(4),
    ...(indexed && { completionMode: 'Indexed' }),
    ...((indexed || chance(random, 0.8)) && { completions }),
    ...(indexed && chance(random, 0.4) && { backoffLimitPerIndex: random.int(2), backoffLimit: 50 }),
    ...(chance(random, 0.3) && { podReplacementPolicy: 'Failed' }),
    ...(chance(random, 0.2) && { activeDeadlineSeconds: 5 + random.int(40) }),
    ...(chance(random, 0.1) && { suspend: true }),
  };
  const annotations = {
    'drydock.dev/run-for': `${500 + random.int(6_000)}ms`,
    'drydock.dev/stop-after': `${random.int(3_000)}ms`,
    ...(chance(random, 0.25) && { 'drydock.dev/fault': 'fail' }),
  };
  return { spec, annotations };
}

function play(seed: number): readonly string[] {
  const random = new Random(seed);
  const { spec, annotations } = randomJob(random);
  const story = new JobStory(seed).run(spec, annotations);
  const faults: string[] = [];
  let mostParallel = spec.parallelism!;
  for (let i = 0; i < 12; i++) {
    story.after(random.int(5_000));
    if (story.job()?.status.completionTime) break;
    const pods = story.pods().filter(isActive);
    const dice = random.int(100);
    if (dice < 30 && pods.length > 0) story.remove('pods', pods[random.int(pods.length)]!.metadata.name);
    else if (dice >= 30 && dice < 45) story.patch({ suspend: !story.job()!.spec.suspend });
    else if (dice >= 45 && dice < 60) {
      const parallelism = 1 + random.int(4);
      mostParallel = Math.max(mostParallel, parallelism);
      story.patch({ parallelism });
    }
    faults.push(...faultsNow(story, mostParallel));
  }
  if (story.job()!.spec.suspend) story.patch({ suspend: false });
  story.settle(700_000);
  return [...faults, ...faultsInTheEnd(story, spec), ...faultsOfLog(story)];
}

function faultsNow(story: JobStory, mostParallel: number): readonly string[] {
  const { spec, status } = story.job()!;
  const active = story.pods().filter(isActive).length;
  const faults: string[] = [];
  if (active > mostParallel) faults.push(`${active} pods are active, and parallelism was never more than ${mostParallel}`);
  if (spec.completions !== undefined && (status.succeeded ?? 0) > spec.completions) faults.push(`${status.succeeded} of ${spec.completions} have succeeded`);
  return faults;
}

function faultsInTheEnd(story: JobStory, spec: JobShape): readonly string[] {
  const { status } = story.job()!;
  const faults: string[] = [];
  const ends = (status.conditions ?? []).filter(({ type, status: is }) => (type === 'Complete' || type === 'Failed') && is === 'True');
  if (ends.length !== 1) faults.push(`it has ended ${ends.length} times: ${JSON.stringify(status.conditions)}`);
  if (story.tracked().length > 0) faults.push('pods still have the finalizer');
  if (story.pods().some(isActive)) faults.push('pods still run');
  if (ends[0]?.type === 'Complete' && spec.completions !== undefined && status.succeeded !== spec.completions) faults.push('it is complete, and is not');
  const { succeeded, failed } = outcomesOf(story);
  // Two pods of one index are one success; a pod that was deleted may have been counted as failed or, by a suspension, not at all.
  if (spec.completionMode !== 'Indexed' && (status.succeeded ?? 0) !== succeeded) faults.push(`${status.succeeded ?? 0} counted, ${succeeded} have succeeded`);
  if ((status.failed ?? 0) > failed.most || (status.failed ?? 0) < failed.least)
    faults.push(`${status.failed ?? 0} counted, from ${failed.least} to ${failed.most} have failed`);
  return faults;
}

/** What became of the pods, by the log. */
function outcomesOf(story: JobStory) {
  const last = new Map<string, Pod>();
  for (const { resource, after } of story.cluster.store.log.after(0)) if (resource === 'pods' && after) last.set(after.metadata.uid, after as Pod);
  const pods = [...last.values()];
  const wasDeleted = ({ metadata }: Pod) => metadata.deletionTimestamp !== undefined;
  const least = pods.filter((pod) => pod.status.phase === 'Failed' && !wasDeleted(pod)).length;
  return {
    succeeded: pods.filter(({ status }) => status.phase === 'Succeeded').length,
    failed: { least, most: pods.length },
  };
}

/** Counts never go back, and no pod is named after it was counted. */
function faultsOfLog(story: JobStory): readonly string[] {
  const faults: string[] = [];
  const named = new Set<string>();
  const counted = new Set<string>();
  for (const { resource, before, after, resourceVersion } of story.cluster.store.log.after(0)) {
    if (resource !== 'jobs.batch' || !after) continue;
    const [was, is] = [before, after].map((object) => ((object as { status?: JobStatus } | undefined)?.status ?? {}) as JobStatus) as [JobStatus, JobStatus];
    if ((is.failed ?? 0) < (was.failed ?? 0) || (is.succeeded ?? 0) < (was.succeeded ?? 0)) faults.push(`${resourceVersion}: a count went back`);
    const uncounted = [...(is.uncountedTerminatedPods?.succeeded ?? []), ...(is.uncountedTerminatedPods?.failed ?? [])];
    for (const uid of uncounted) if (counted.has(uid)) faults.push(`${resourceVersion}: ${uid} is counted twice`);
    for (const uid of named) if (!uncounted.includes(uid)) counted.add(uid);
    for (const uid of uncounted) named.add(uid);
  }
  return faults;
}
