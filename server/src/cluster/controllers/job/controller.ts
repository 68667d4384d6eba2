// The Job controller: wiring, and the failures that it remembers. What it looks at is in view.ts, what it decides in plan.ts, what it
// writes in apply.ts.
import { controllerOf } from '../../../kube/object.ts';
import { objectKey } from '../../../kube/resource.ts';
import type { Job } from '../../../schema/generated/types.ts';
import type { ComponentFactory } from '../../runtime/component.ts';
import { run, type Controller } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Commit } from '../../store/commit.ts';
import { jobsByNamespace } from '../../store/indexes.ts';
import { ownersOf } from '../claim.ts';
import { selects } from '../selectors.ts';
import { applyJob } from './apply.ts';
import { noBackOff, type BackOff } from './back-off.ts';
import { planJob, type ClaimPlan, type JobPlan } from './plan.ts';
import { observeJob, type JobView } from './view.ts';

/** What happens to pods within this time is looked at together, once. */
const batchMs = 1_000;

export const jobController: ComponentFactory = (surroundings) => {
  let backOffs = new Map<string, BackOff>();
  const controller: Controller<JobView, JobPlan | ClaimPlan> = {
    name: 'job-controller',
    watches: [
      { resource: 'jobs.batch', enqueue: ({ key }) => [key], delayMs: jobDelayMs },
      { resource: 'pods', enqueue: jobsOfPod, delayMs: () => batchMs },
    ],
    observe(key, reader) {
      const view = observeJob(key, reader, backOffs.get(key) ?? noBackOff);
      if (!view) backOffs.delete(key);
      return view;
    },
    plan: planJob,
    backoff: { firstMs: 1_000, longestMs: 60_000 },
    apply: (plan, view, writer) => applyJob(plan, view, writer, (backOff) => remember(view.job, backOff)),
  };

  function remember({ metadata }: Job, backOff: BackOff): void {
    const key = objectKey(metadata.namespace, metadata.name);
    if (backOff.failures > 0) backOffs.set(key, backOff);
    else backOffs.delete(key);
  }

  const component = run(controller)(surroundings);
  return {
    ...component,
    snapshot: () => ({ runner: component.snapshot?.(), backOffs: new Map(backOffs) }),
    restore(memory) {
      const { runner, backOffs: known } = memory as { readonly runner: unknown; readonly backOffs: ReadonlyMap<string, BackOff> };
      component.restore?.(runner);
      backOffs = new Map(known);
    },
  };
};

/** A new job and a new spec are looked at immediately; a status says what the controller has done itself. */
const jobDelayMs = ({ before, after }: Commit): number => (before && after && before.metadata.generation === after.metadata.generation ? batchMs : 0);

/** The jobs that control it before or after; an orphan that is new or has changed its labels wakes those that might adopt it. */
function jobsOfPod({ before, after }: Commit, reader: Reader): readonly string[] {
  const owners = ownersOf('Job', before, after);
  if (!after || controllerOf(after) || after.metadata.deletionTimestamp !== undefined) return owners;
  if (before && !controllerOf(before) && before.metadata.labels === after.metadata.labels) return owners;
  const { namespace, labels } = after.metadata;
  const jobs = [...reader.indexed(jobsByNamespace, namespace ?? '').objects];
  return [...owners, ...jobs.filter(([, job]) => selects((job as Job).spec.selector ?? {}, labels)).map(([key]) => key)];
}
