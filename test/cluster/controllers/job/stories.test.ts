// Jobs on a whole cluster: registry, controllers, scheduler and kubelets.
import { describe, expect, test } from 'vitest';
import { JobStory } from './job-story.ts';

const fails = { 'drydock.dev/fault': 'fail' };
const runsFor = (time: string) => ({ 'drydock.dev/run-for': time });

test('[JS1] a job runs its pods, a few at a time, and is complete', () => {
  const story = new JobStory().run({ completions: 5, parallelism: 2 }).settle();
  expect(story.job()!.status).toMatchObject({ succeeded: 5, ready: 0, terminating: 0, uncountedTerminatedPods: {}, startTime: '2026-01-01T00:00:00Z' });
  expect(story.job()!.status.active).toBeUndefined();
  expect(story.says()).toEqual(['SuccessCriteriaMet=True CompletionsReached', 'Complete=True CompletionsReached']);
  expect(story.createdAt()).toEqual([0, 0, 2, 2, 4]);
  expect(story.events('Job').at(-1)).toBe('Normal Completed Job completed');
  expect(story.tracked()).toEqual([]);
});

test('[JS2] pods that fail are replaced after 10 s, 20 s, 40 s, and then the job has failed', () => {
  const story = new JobStory().run({ backoffLimit: 3 }, fails).settle(60_000);
  expect(story.createdAt()).toEqual([0, 11, 32, 73]);
  expect(story.job()!.status.failed).toBe(4);
  expect(story.says()).toEqual(['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded']);
  expect(story.events('Job').at(-1)).toBe('Warning BackoffLimitExceeded Job has reached the specified backoff limit');
});

test('[JS3] a fork in the midst of a back-off goes on alike', () => {
  const story = new JobStory().run({ backoffLimit: 4 }, fails).after(20_000);
  const fork = story.cluster.fork();
  story.settle(100_000);
  fork.settle(100_000);
  expect(fork.store.log.after(0)).toEqual(story.cluster.store.log.after(0));
});

test('[JS4] pods of an Indexed job know their index', () => {
  const story = new JobStory().run({ completionMode: 'Indexed', completions: 3, parallelism: 3 }).settle();
  expect(story.job()!.status).toMatchObject({ completedIndexes: '0-2', succeeded: 3 });
  for (const [i, { metadata, spec }] of story.pods().entries()) {
    expect(metadata.name).toMatch(new RegExp(`^work-${i}-.....$`));
    expect(metadata.annotations).toEqual({ 'batch.kubernetes.io/job-completion-index': String(i) });
    expect(metadata.labels).toMatchObject({ 'batch.kubernetes.io/job-completion-index': String(i), 'job-name': 'work' });
    expect(spec.hostname).toBe(`work-${i}`);
    const fieldRef = { apiVersion: 'v1', fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']" };
    expect(spec.containers[0]!.env).toEqual([{ name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } }]);
  }
});

test('[JS5] each index has its own limit and its own back-off', () => {
  const story = new JobStory().run({ completionMode: 'Indexed', completions: 2, parallelism: 2, backoffLimitPerIndex: 1 }, fails).settle(60_000);
  expect(story.job()!.status).toMatchObject({ failed: 4, failedIndexes: '0,1' });
  expect(story.createdAt()).toEqual([0, 0, 11, 11]);
  expect(story.says()).toEqual(['FailureTarget=True FailedIndexes', 'Failed=True FailedIndexes']);
  const counts = story.pods().map(({ metadata }) => metadata.annotations?.['batch.kubernetes.io/job-index-failure-count']);
  expect(counts).toEqual(['0', '0', '1', '1']);
});

test('[JS6] a deadline stops what runs, and the job has failed when it is gone', () => {
  const story = new JobStory().run({ completions: 4, parallelism: 2, activeDeadlineSeconds: 5 }, runsFor('1m')).after(5_000);
  expect(story.says()).toEqual(['FailureTarget=True DeadlineExceeded']);
  expect(story.job()!.status).toMatchObject({ failed: 2, terminating: 2 });
  story.settle();
  expect(story.says()).toEqual(['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded']);
  expect(story.pods()).toEqual([]);
});

test('[JS7] a suspended job stops its pods and does not count them; resumed, it starts anew', () => {
  const story = new JobStory().run({ completions: 2, parallelism: 2 }, runsFor('10s')).after(5_000).patch({ suspend: true }).after(3_000);
  expect(story.pods()).toEqual([]);
  expect(story.says()).toEqual(['Suspended=True JobSuspended']);
  story.patch({ suspend: false }).after(100);
  expect(story.job()!.status.startTime).toBe('2026-01-01T00:00:08Z');
  story.settle(12_000);
  expect(story.job()!.status).toMatchObject({ succeeded: 2, conditions: [{ type: 'Suspended', status: 'False' }, {}, { type: 'Complete' }] });
  expect(story.job()!.status.failed).toBeUndefined();
  const events = story.events('Job').filter((event) => !event.includes('pod'));
  expect(events).toEqual(['Normal Suspended Job suspended', 'Normal Resumed Job resumed', 'Normal Completed Job completed']);
});

describe('[JS8] a pod that somebody deletes', () => {
  const slowToStop = { ...runsFor('10s'), 'drydock.dev/stop-after': '4s' };
  test('has failed at once, and is replaced after the back-off', () => {
    const story = new JobStory().run({}, slowToStop).after(5_000);
    story.remove('pods', story.pods()[0]!.metadata.name);
    story.after(1_000);
    expect(story.job()!.status).toMatchObject({ failed: 1, terminating: 1 });
    story.settle(20_000);
    expect([story.createdAt(), story.job()!.status.succeeded]).toEqual([[0, 15], 1]);
  });
  test('with podReplacementPolicy Failed has failed when it has stopped', () => {
    const story = new JobStory().run({ podReplacementPolicy: 'Failed' }, slowToStop).after(5_000);
    story.remove('pods', story.pods()[0]!.metadata.name);
    story.after(1_000);
    expect(story.job()!.status).toMatchObject({ terminating: 1 });
    expect(story.job()!.status.failed).toBeUndefined();
    story.settle(20_000);
    expect([story.createdAt(), story.job()!.status.failed]).toEqual([[0, 19], 1]);
  });
});

test.each(['Background', 'Foreground'] as const)('[JS9] %s deletion of a job takes its pods along', (propagationPolicy) => {
  const story = new JobStory().run({ parallelism: 3, completions: 3 }, runsFor('1m')).after(5_000);
  story.remove('jobs', 'work', 'batch', { propagationPolicy });
  story.settle();
  expect([story.job(), story.pods()]).toEqual([undefined, []]);
});

test('[JS10] pods of a job that is deleted without them go on, and can go', () => {
  const story = new JobStory().run({}, runsFor('1m')).after(5_000);
  story.remove('jobs', 'work', 'batch', { propagationPolicy: 'Orphan' });
  story.settle();
  expect(story.pods()).toHaveLength(1);
  expect(story.tracked()).toEqual([]);
});

test('[JS11] a job that has ended goes after its time to live, with its pods', () => {
  const story = new JobStory().run({ ttlSecondsAfterFinished: 7 }).after(8_900);
  expect(story.says()).toContain('Complete=True CompletionsReached');
  story.after(200).settle();
  expect([story.job(), story.pods()]).toEqual([undefined, []]);
});

test('[JS12] a job that another controller manages is left alone', () => {
  const story = new JobStory().run({ managedBy: 'example.com/other' }).settle();
  expect([story.pods(), story.job()!.status]).toEqual([[], {}]);
});

test('[JS13] where the quota is used up, it tries again, and counts what runs', () => {
  const story = new JobStory();
  story.create('resourcequotas', '', { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few' }, spec: { hard: { pods: '2' } } });
  story.after(1_000);
  story.run({ completions: 5, parallelism: 5 }).after(1);
  expect(story.job()!.status.active).toBe(2);
  story.settle(30_000);
  expect(story.job()!.status.succeeded).toBe(5);
  expect(story.events('Job').some((event) => event.includes('FailedCreate Error creating: pods') && event.includes('exceeded quota: few'))).toBe(true);
});

test('[JS14] a container that is started again counts towards the limit', () => {
  const story = new JobStory().run({ backoffLimit: 2, restartPolicy: 'OnFailure' }, fails).settle(60_000);
  expect(story.says()).toEqual(['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded']);
  expect(story.createdAt()).toEqual([0]);
});

test('[JS15] a job with a selector of its own adopts pods and counts them', () => {
  const story = new JobStory();
  const labels = { app: 'lone' };
  const spec = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] };
  story.create('pods', '', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'lone', labels, annotations: runsFor('3s') }, spec });
  const template = { metadata: { labels }, spec };
  const body = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'work' }, spec: { manualSelector: true, selector: { matchLabels: labels }, template } };
  story.create('jobs', 'batch', body);
  story.settle();
  expect(story.pods().map(({ metadata }) => metadata.name)).toEqual(['lone']);
  expect(story.job()!.status).toMatchObject({ succeeded: 1, conditions: [{}, { type: 'Complete' }] });
});

test('[JS16] pods that a quota refuses are tried again after 1, 2, 4, … seconds, not at once', () => {
  const story = new JobStory();
  story.create('resourcequotas', '', { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'none' }, spec: { hard: { pods: '0' } } });
  story.settle();
  story.run();
  story.cluster.advance(16_000);
  const refused = story.cluster.store.log
    .after(0)
    .filter(({ resource, after }) => resource === 'events' && (after as { reason?: string }).reason === 'FailedCreate');
  expect(refused.map(({ at }) => Math.round((at - refused[0]!.at) / 1_000))).toEqual([0, 1, 3, 7, 15]);
});

test('[JS17] a job that is suspended has not started', () => {
  const story = new JobStory().run({}, runsFor('60s'));
  story.cluster.advance(3_000);
  expect(story.job()!.status.startTime).toBeDefined();
  story.patch({ suspend: true });
  story.settle();
  expect(story.job()!.status.startTime).toBeUndefined();
  story.patch({ suspend: false });
  story.cluster.advance(3_000);
  expect(story.job()!.status.startTime).toBeDefined();
});
