// Defaults of the kinds that make pods (pkg/apis/apps/v1/defaults.go, pkg/apis/core/v1/defaults.go).
import type {
  DaemonSet,
  DaemonSetSpec,
  DaemonSetUpdateStrategy,
  DeploymentSpec,
  DeploymentStrategy,
  PersistentVolumeClaim,
  ReplicaSetSpec,
  ReplicationController,
  StatefulSetSpec,
  StatefulSetUpdateStrategy,
} from '../../schema/generated/types.ts';
import { hasTemplateGeneration, withTemplateGeneration } from '../workloads/template-generation.ts';
import { filledWith, mapShared, without } from './fill.ts';
import { withTemplateLabels } from './template-labels.ts';

export const workloadFillers = {
  DeploymentSpec(spec: DeploymentSpec): DeploymentSpec {
    const strategy = fillStrategy(spec.strategy);
    const filled = filledWith(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
    return strategy === spec.strategy ? filled : { ...filled, strategy };
  },
  ReplicaSetSpec: (spec: ReplicaSetSpec) => filledWith(spec, { replicas: 1 }),

  StatefulSetSpec(spec: StatefulSetSpec): StatefulSetSpec {
    const filled = filledWith(spec, { replicas: 1, podManagementPolicy: 'OrderedReady', revisionHistoryLimit: 10 });
    const updateStrategy = fillPartition(spec.updateStrategy ?? {});
    const persistentVolumeClaimRetentionPolicy = filledWith(spec.persistentVolumeClaimRetentionPolicy ?? {}, { whenDeleted: 'Retain', whenScaled: 'Retain' });
    const volumeClaimTemplates = mapShared(spec.volumeClaimTemplates, asClaim);
    const isSame =
      updateStrategy === spec.updateStrategy &&
      persistentVolumeClaimRetentionPolicy === spec.persistentVolumeClaimRetentionPolicy &&
      volumeClaimTemplates === spec.volumeClaimTemplates;
    return isSame ? filled : { ...filled, updateStrategy, persistentVolumeClaimRetentionPolicy, ...(volumeClaimTemplates && { volumeClaimTemplates }) };
  },

  DaemonSet: (set: DaemonSet) => (hasTemplateGeneration(set) ? set : withTemplateGeneration(set, 0)),
  DaemonSetSpec(spec: DaemonSetSpec): DaemonSetSpec {
    const filled = filledWith(spec, { revisionHistoryLimit: 10 });
    const updateStrategy = fillDaemonStrategy(spec.updateStrategy ?? {});
    return updateStrategy === spec.updateStrategy ? filled : { ...filled, updateStrategy };
  },

  ReplicationController(controller: ReplicationController): ReplicationController {
    const labelled = withTemplateLabels(controller, controller.spec.template);
    const labels = controller.spec.template?.metadata?.labels;
    if (!labels || Object.keys(controller.spec.selector ?? {}).length > 0) return labelled;
    return { ...labelled, spec: { ...labelled.spec, selector: labels } };
  },
};

function fillStrategy(strategy: DeploymentStrategy): DeploymentStrategy {
  const typed = filledWith(strategy, { type: 'RollingUpdate' });
  if (typed.type !== 'RollingUpdate') return typed;
  const rollingUpdate = filledWith(typed.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' });
  return rollingUpdate === typed.rollingUpdate ? typed : { ...typed, rollingUpdate };
}

/** What is there without being asked for (OnDelete) has no defaults; but inside the server it cannot lack its numbers. */
function fillDaemonStrategy(strategy: DaemonSetUpdateStrategy): DaemonSetUpdateStrategy {
  const typed = filledWith(strategy, { type: 'RollingUpdate' });
  const isRolling = typed.type === 'RollingUpdate';
  if (!isRolling && !typed.rollingUpdate) return typed;
  const rollingUpdate = filledWith(typed.rollingUpdate ?? {}, { maxUnavailable: isRolling ? 1 : 0, maxSurge: 0 });
  return rollingUpdate === typed.rollingUpdate ? typed : { ...typed, rollingUpdate };
}

/** A strategy that is named and has no `rollingUpdate` gets none. maxUnavailable is a feature that is switched off: what is sent is dropped. */
function fillPartition(strategy: StatefulSetUpdateStrategy): StatefulSetUpdateStrategy {
  const typed = strategy.type ? strategy : { rollingUpdate: {}, ...strategy, type: 'RollingUpdate' };
  if (!typed.rollingUpdate) return typed;
  const kept = without(typed.rollingUpdate, 'maxUnavailable');
  const rollingUpdate = typed.type === 'RollingUpdate' ? filledWith(kept, { partition: 0 }) : kept;
  return rollingUpdate === typed.rollingUpdate ? typed : { ...typed, rollingUpdate };
}

/** Whatever a claim template calls itself, it is a claim, and waits for its volume. */
function asClaim(claim: PersistentVolumeClaim): PersistentVolumeClaim {
  const typed = claim.kind === 'PersistentVolumeClaim' && claim.apiVersion === 'v1' ? claim : { ...claim, kind: 'PersistentVolumeClaim', apiVersion: 'v1' };
  const status = filledWith(claim.status ?? {}, { phase: 'Pending' });
  return status === claim.status ? typed : { ...typed, status };
}
