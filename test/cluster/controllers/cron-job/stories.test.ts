// CronJobs on a whole cluster. It begins at 2026-01-01T00:00:00Z, a Thursday; a look comes 0.1 s after the time it is for.
import { describe, expect, test } from 'vitest';
import type { CronJob, CronJobSpec, Job } from '../../../../server/src/schema/generated/types.ts';
import { jobBody } from '../job/job-story.ts';
import { Story } from '../story.ts';

const minutes = (count: number) => count * 60_000;
const thisMinute = Date.UTC(2026, 0, 1) / 60_000;

class CronStory extends Story {
  schedule(spec: Partial<CronJobSpec>, runsFor?: string, fault?: string): this {
    const annotations = { ...(runsFor && { 'drydock.dev/run-for': runsFor }), ...(fault && { 'drydock.dev/fault': fault }) };
    const jobTemplate = { metadata: { labels: { of: 'tick' } }, spec: jobBody({ backoffLimit: 0 }, annotations).spec };
    this.create('cronjobs', 'batch', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'tick' },
      spec: { schedule: '* * * * *', jobTemplate, ...spec },
    });
    return this;
  }

  patch(spec: Partial<CronJobSpec>): this {
    this.change({ spec }, 'tick', 'cronjobs', 'batch');
    return this;
  }

  cronJob(): CronJob {
    return this.cluster.store.get<CronJob>('cronjobs.batch', 'default', 'tick')!;
  }

  jobs(): readonly Job[] {
    return [...this.cluster.store.collection('jobs.batch').values()] as Job[];
  }

  /** The minutes, after the beginning, that its jobs are for: by their names. */
  startedFor(): readonly number[] {
    return this.jobs().map(({ metadata }) => Number(metadata.name.replace('tick-', '')) - thisMinute);
  }
}

test('[CJ1] a job for every time, named by its minute', () => {
  const story = new CronStory().schedule({ schedule: '*/2 * * * *' }).after(minutes(5));
  expect(story.startedFor()).toEqual([2, 4]);
  const [job] = story.jobs();
  expect(job!.metadata).toMatchObject({
    annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T00:02:00Z' },
    labels: { of: 'tick' },
    ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'tick', controller: true, blockOwnerDeletion: true }],
  });
  expect(story.cronJob().status).toEqual({ lastScheduleTime: '2026-01-01T00:04:00Z', lastSuccessfulTime: '2026-01-01T00:04:02Z' });
  expect(story.events('CronJob')).toEqual([
    `Normal SuccessfulCreate Created job tick-${thisMinute + 2}`,
    `Normal SawCompletedJob Saw completed job: tick-${thisMinute + 2}, condition: Complete`,
    `Normal SuccessfulCreate Created job tick-${thisMinute + 4}`,
    `Normal SawCompletedJob Saw completed job: tick-${thisMinute + 4}, condition: Complete`,
  ]);
});

test('[CJ2] a running job is active', () => {
  const story = new CronStory().schedule({}, '90s').after(minutes(2) + 200);
  const [one, two] = story.jobs();
  expect(story.cronJob().status.active).toMatchObject([{ kind: 'Job', name: one!.metadata.name, uid: one!.metadata.uid }, { name: two!.metadata.name }]);
});

describe('[CJ3] when the one before still runs', () => {
  test('Forbid: the new one waits, and is late', () => {
    const story = new CronStory().schedule({ concurrencyPolicy: 'Forbid' }, '100s').after(minutes(2) + 200);
    expect(story.startedFor()).toEqual([1]);
    expect(story.events('CronJob').at(-1)).toBe('Normal JobAlreadyActive Not starting job because prior execution is running and concurrency policy is Forbid');
    story.after(minutes(1));
    expect(story.startedFor()).toEqual([1, 2]);
  });
  test('Forbid with a deadline: it is missed', () => {
    const story = new CronStory().schedule({ concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 10 }, '100s').after(minutes(3) + 200);
    expect(story.startedFor()).toEqual([1, 3]);
  });
  test('Replace: the old one goes', () => {
    const story = new CronStory().schedule({ concurrencyPolicy: 'Replace' }, '100s').after(minutes(2) + 200);
    expect(story.startedFor()).toEqual([2]);
    expect(story.cronJob().status.active).toHaveLength(1);
    expect(story.events('CronJob').slice(1)).toEqual([
      `Normal SuccessfulDelete Deleted job tick-${thisMinute + 1}`,
      `Normal SuccessfulCreate Created job tick-${thisMinute + 2}`,
    ]);
  });
});

test('[CJ4] so many jobs that have ended are kept', () => {
  const succeeding = new CronStory().schedule({ successfulJobsHistoryLimit: 2 }).after(minutes(5) + 5_000);
  expect(succeeding.startedFor()).toEqual([4, 5]);
  const failing = new CronStory().schedule({ failedJobsHistoryLimit: 1 }, undefined, 'fail').after(minutes(3) + 5_000);
  expect(failing.startedFor()).toEqual([3]);
  expect(failing.events('CronJob')).toContain(`Normal SawCompletedJob Saw completed job: tick-${thisMinute + 3}, condition: Failed`);
});

test('[CJ5] a suspended one starts nothing; resumed, it makes up for the last time that it missed', () => {
  const story = new CronStory().schedule({ suspend: true }).after(minutes(7) + 30_000);
  expect(story.jobs()).toEqual([]);
  story.patch({ suspend: false }).after(1_000);
  expect(story.startedFor()).toEqual([7]);
});

test('[CJ6] too late, it says so and waits for the next time', () => {
  const story = new CronStory().schedule({ suspend: true, schedule: '0 * * * *', startingDeadlineSeconds: 10 }).after(minutes(60) + 30_000);
  story.patch({ suspend: false, startingDeadlineSeconds: 20 }).after(1_000);
  expect(story.jobs()).toEqual([]);
  story.after(minutes(60));
  expect(story.startedFor()).toEqual([120]);
});

test('[CJ7] more than a hundred times missed are worth a word', () => {
  const story = new CronStory().schedule({ suspend: true }).after(minutes(150));
  story.patch({ suspend: false }).after(1_000);
  expect(story.events('CronJob')[0]).toBe(
    'Warning TooManyMissedTimes too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
  );
  expect(story.startedFor()).toEqual([150]);
});

test('[CJ8] by the clocks of a time zone', () => {
  const story = new CronStory().schedule({ schedule: '30 9 * * *', timeZone: 'Asia/Kolkata' }).after(minutes(300));
  expect(story.startedFor()).toEqual([240]);
  expect(story.jobs()[0]!.metadata.annotations).toEqual({ 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-01T09:30:00+05:30' });
});

test('[CJ9] a new schedule holds from its next time on', () => {
  const story = new CronStory().schedule({ schedule: '0 0 1 1 *' }).after(minutes(10) + 30_000);
  story.patch({ schedule: '*/4 * * * *' }).after(1_000);
  expect(story.jobs()).toEqual([]);
  story.after(minutes(2));
  expect(story.startedFor()).toEqual([12]);
});

test('[CJ10] a schedule that never comes is invalid', () => {
  const story = new CronStory().schedule({ schedule: '0 0 31 2 *' }).after(1_000);
  expect(story.events('CronJob')).toEqual([
    'Warning InvalidSchedule invalid schedule: 0 0 31 2 * : time difference between two schedules is less than 1 second',
  ]);
});

test('[CJ11] an active job that somebody deletes is missed', () => {
  const story = new CronStory().schedule({}, '5m').after(minutes(1) + 1_000);
  story.remove('jobs', `tick-${thisMinute + 1}`, 'batch', { propagationPolicy: 'Background' });
  story.after(1_000);
  expect(story.events('CronJob').at(-1)).toBe(`Normal MissingJob Active job went missing: tick-${thisMinute + 1}`);
  expect(story.cronJob().status.active).toBeUndefined();
});
