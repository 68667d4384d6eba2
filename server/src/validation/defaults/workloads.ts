// Defaults of the kinds that make pods (pkg/apis/apps/v1/defaults.go).
import type { DeploymentSpec, DeploymentStrategy, ReplicaSetSpec } from '../../schema/generated/types.ts';
import { filledWith } from './fill.ts';

export const workloadFillers = {
  DeploymentSpec(spec: DeploymentSpec): DeploymentSpec {
    const strategy = fillStrategy(spec.strategy);
    const filled = filledWith(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
    return strategy === spec.strategy ? filled : { ...filled, strategy };
  },
  ReplicaSetSpec: (spec: ReplicaSetSpec) => filledWith(spec, { replicas: 1 }),
};

function fillStrategy(strategy: DeploymentStrategy): DeploymentStrategy {
  const typed = filledWith(strategy, { type: 'RollingUpdate' });
  if (typed.type !== 'RollingUpdate') return typed;
  const rollingUpdate = filledWith(typed.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' });
  return rollingUpdate === typed.rollingUpdate ? typed : { ...typed, rollingUpdate };
}
