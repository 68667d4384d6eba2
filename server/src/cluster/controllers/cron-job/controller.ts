// The CronJob controller: wiring only.
import type { CronJob } from '../../../schema/generated/types.ts';
import type { Controller } from '../../runtime/controller.ts';
import type { Commit } from '../../store/commit.ts';
import { ownersOf } from '../claim.ts';
import { applyCronJob } from './apply.ts';
import { planCronJob, type CronJobPlan } from './plan.ts';
import { nextLookMs, scheduleOf } from './schedule.ts';
import { observeCronJob, type CronJobView } from './view.ts';

export const cronJobController: Controller<CronJobView, CronJobPlan> = {
  name: 'cronjob-controller',
  watches: [
    { resource: 'cronjobs.batch', enqueue: ({ key }) => [key], delayMs: delayMs },
    { resource: 'jobs.batch', enqueue: ({ before, after }) => ownersOf('CronJob', before, after) },
  ],
  observe: observeCronJob,
  plan: planCronJob,
  apply: applyCronJob,
};

/** A new schedule is looked at when its next time comes. */
function delayMs({ before, after, at }: Commit): number {
  if (!before || !after) return 0;
  const [was, is] = [(before as CronJob).spec, (after as CronJob).spec];
  if (was.schedule === is.schedule && was.timeZone === is.timeZone) return 0;
  const schedule = scheduleOf(after as CronJob);
  return 'error' in schedule ? 0 : nextLookMs(after as CronJob, at, schedule);
}
