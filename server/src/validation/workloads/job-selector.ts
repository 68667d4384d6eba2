// The selector that the server makes for a job: its pods are told from those of others by the job's own uid and name.
import type { Job } from '../../schema/generated/types.ts';

/** What the pods of a job carry: who they belong to, by uid and by name, each under an old and a new label. */
export const uidLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid'] as const;
export const nameLabels = ['job-name', 'batch.kubernetes.io/job-name'] as const;

/** A new job that has its name and its uid. Labels that are there already stay; when they are wrong, validation says so. */
export function withGeneratedSelector(job: Job): Job {
  if (job.spec.manualSelector) return job;
  const { metadata } = job;
  const { template, selector } = job.spec;
  const sent = template.metadata?.labels;
  const own = [...nameLabels.map((label) => [label, metadata.name]), ...uidLabels.map((label) => [label, metadata.uid])];
  const labels = sorted({ ...Object.fromEntries(own), ...sent });
  return {
    ...job,
    // In the server this is one map: a job that was labelled like its template gets these labels too.
    ...(sent && metadata.labels === sent && { metadata: { ...metadata, labels } }),
    spec: {
      ...job.spec,
      selector: { ...selector, matchLabels: sorted({ [uidLabels[1]]: metadata.uid, ...selector?.matchLabels }) },
      template: { ...template, metadata: { ...template.metadata, labels } } as Job['spec']['template'],
    },
  };
}

const anyUid = '00000000-0000-4000-8000-000000000000';

/** For those who have no cluster to give the job a uid. */
export const rehearseJob = (job: Job): Job => withGeneratedSelector(job.metadata.uid ? job : { ...job, metadata: { ...job.metadata, uid: anyUid } });

const sorted = (map: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
