import { formatLabelSelector } from '../../kube/label-selector.ts';
import type { PodDisruptionBudget } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';

export const describePodDisruptionBudget: Describer<PodDisruptionBudget> = (budget, around) => {
  const { metadata, spec, status } = budget;
  const bound =
    spec.minAvailable !== undefined
      ? [`Min available:\t${spec.minAvailable}`]
      : spec.maxUnavailable !== undefined
        ? [`Max unavailable:\t${spec.maxUnavailable}`]
        : [];
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...bound,
    `Selector:\t${spec.selector ? formatLabelSelector(spec.selector) : '<unset>'}`,
    'Status:',
    `    Allowed disruptions:\t${status.disruptionsAllowed ?? 0}`,
    `    Current:\t${status.currentHealthy ?? 0}`,
    `    Desired:\t${status.desiredHealthy ?? 0}`,
    `    Total:\t${status.expectedPods ?? 0}`,
    ...eventLines(eventsAbout(budget, around), around.now),
  ];
};
