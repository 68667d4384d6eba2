// StatefulSets, DaemonSets, ReplicationControllers, Jobs and CronJobs → row: how much of what is wanted is there.
import { controllerOf } from '../../../kube/object.ts';
import type { Health, WorkloadRow } from '../../../protocol/cluster-view.ts';
import type { CronJob, DaemonSet, Job, PodTemplateSpec, ReplicationController, StatefulSet } from '../../../schema/generated/types.ts';
import { imagesOf } from './deployment-row.ts';
import { ownerId, rowBase } from './row-base.ts';

export type Workload = StatefulSet | DaemonSet | ReplicationController | Job | CronJob;

/** What a row says beyond its name and its images. */
type Facts = Pick<WorkloadRow, 'health' | 'wanted' | 'there' | 'state' | 'schedule'>;

/** `hasFailing`: a pod of it fails in a way that waiting does not mend. */
export function workloadRow(object: Workload, hasFailing: boolean): WorkloadRow {
  const owner = controllerOf(object);
  const facts = factsOf(object);
  const health = object.metadata.deletionTimestamp ? 'stopping' : hasFailing && facts.health !== 'ready' ? 'failing' : facts.health;
  return {
    ...rowBase(object),
    type: 'workload',
    kind: object.kind,
    ...facts,
    health,
    images: imagesOf(templateOf(object)?.spec),
    ...(owner && { parent: ownerId(owner, object.metadata.namespace) }),
  };
}

const templateOf = (object: Workload): PodTemplateSpec | undefined =>
  object.kind === 'CronJob' ? (object as CronJob).spec.jobTemplate.spec?.template : (object as Exclude<Workload, CronJob>).spec.template;

function factsOf(object: Workload): Facts {
  switch (object.kind) {
    case 'Job':
      return jobFacts(object as Job);
    case 'CronJob':
      return cronJobFacts(object as CronJob);
    case 'DaemonSet': {
      const { desiredNumberScheduled, numberReady, updatedNumberScheduled = 0 } = (object as DaemonSet).status;
      return counted(desiredNumberScheduled, numberReady, updatedNumberScheduled === desiredNumberScheduled);
    }
    case 'StatefulSet': {
      const { spec, status } = object as StatefulSet;
      return counted(spec.replicas ?? 1, status.readyReplicas ?? 0, status.currentRevision === status.updateRevision);
    }
    default: {
      const { spec, status } = object as ReplicationController;
      return counted(spec.replicas ?? 1, status.readyReplicas ?? 0, true);
    }
  }
}

/** `isUpdated`: all of them are of the newest revision. */
const counted = (wanted: number, there: number, isUpdated: boolean): Facts => ({
  wanted,
  there,
  health: wanted === 0 && there === 0 ? 'idle' : there >= wanted && isUpdated ? 'ready' : 'progressing',
});

function jobFacts({ spec, status }: Job): Facts {
  const holds = (type: string) => status.conditions?.find((condition) => condition.type === type && condition.status === 'True');
  const failed = holds('Failed') ?? holds('FailureTarget');
  const state = failed
    ? { code: 'failed' as const, reason: failed.reason ?? '' }
    : holds('Complete')
      ? { code: 'complete' as const }
      : spec.suspend
        ? { code: 'suspended' as const }
        : undefined;
  const healths: Readonly<Record<NonNullable<WorkloadRow['state']>['code'], Health>> = { failed: 'failing', complete: 'ready', suspended: 'idle' };
  return {
    wanted: spec.completions ?? 1,
    there: status.succeeded ?? 0,
    health: state ? healths[state.code] : 'progressing',
    ...(state && { state }),
  };
}

const cronJobFacts = ({ spec }: CronJob): Facts => ({
  schedule: spec.schedule,
  health: spec.suspend ? 'idle' : 'ready',
  ...(spec.suspend && { state: { code: 'suspended' as const } }),
});
