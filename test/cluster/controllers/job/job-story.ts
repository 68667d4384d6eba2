// What the stories about Jobs have in common.
import type { Job, JobSpec, Pod } from '../../../../server/src/schema/generated/types.ts';
import type { StringMap } from '../../../../server/src/kube/object.ts';
import { Story } from '../story.ts';

export interface JobShape extends Omit<Partial<JobSpec>, 'template'> {
  readonly restartPolicy?: string;
}

export const jobBody = ({ restartPolicy = 'Never', ...spec }: JobShape = {}, annotations: StringMap = {}, name = 'work') => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { ...spec, template: { metadata: { annotations }, spec: { restartPolicy, containers: [{ name: 'main', image: 'busybox' }] } } },
});

export class JobStory extends Story {
  run(spec: JobShape = {}, annotations: StringMap = {}): this {
    this.create('jobs', 'batch', jobBody(spec, annotations));
    return this;
  }

  patch(spec: Partial<JobSpec>): this {
    this.change({ spec }, 'work', 'jobs', 'batch');
    return this;
  }

  job(name = 'work'): Job | undefined {
    return this.cluster.store.get<Job>('jobs.batch', 'default', name);
  }

  /** 'Complete=True CompletionsReached', in order. */
  says(): readonly string[] {
    return (this.job()?.status.conditions ?? []).map(({ type, status, reason }) => `${type}=${status} ${reason}`);
  }

  /** Seconds after the beginning at which pods were created. */
  createdAt(): readonly number[] {
    const log = this.cluster.store.log.after(0);
    const begin = log.find(({ resource, before }) => resource === 'jobs.batch' && !before)!.at;
    return log.filter(({ resource, before }) => resource === 'pods' && !before).map(({ at }) => (at - begin) / 1_000);
  }

  tracked(): readonly Pod[] {
    return this.pods().filter(({ metadata }) => metadata.finalizers?.includes('batch.kubernetes.io/job-tracking'));
  }
}
