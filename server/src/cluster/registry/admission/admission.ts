// Admission: what may be refused or filled in because of the state of the cluster. The order is that of kube-apiserver's
// recommended plugins; a plugin is one file and one line here. Validation comes after the mutating ones.
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { RegistryContext } from '../context.ts';
import type { Strategy } from '../strategy.ts';
import { admitDefaultTolerations } from './default-tolerations.ts';
import { admitNamespace } from './namespace-lifecycle.ts';
import { admitPodLimit } from './pod-limit.ts';
import { admitPodTopologyLabels } from './pod-topology-labels.ts';
import { admitPriority } from './priority.ts';
import { admitRuntimeClass } from './runtime-class.ts';
import { admitServiceAccount } from './service-account.ts';
import { admitNodeTaint } from './taint-nodes-by-condition.ts';

/** Gives back the object, changed or not, or why it is refused. */
export type Admit = (context: RegistryContext, strategy: Strategy, object: KubeObject) => KubeObject | Status;

/** Depends on what else is in the cluster, so it is asked for every single object. */
const ofTheMoment: readonly Admit[] = [admitNamespace, admitPodLimit];

const onCreate: readonly Admit[] = [
  admitNamespace,
  admitServiceAccount,
  admitNodeTaint,
  admitPriority,
  admitDefaultTolerations,
  admitRuntimeClass,
  admitPodTopologyLabels,
];

export const admitCreate: Admit = (context, strategy, object) => admitBy(onCreate, context, strategy, object);

/** For an object that is made like one that was admitted before: a pod of a template. */
export const admitAnother: Admit = (context, strategy, object) => admitBy(ofTheMoment, context, strategy, object);

function admitBy(plugins: readonly Admit[], context: RegistryContext, strategy: Strategy, object: KubeObject): KubeObject | Status {
  let admitted = object;
  for (const admit of plugins) {
    const result = admit(context, strategy, admitted);
    if (isStatus(result)) return result;
    admitted = result;
  }
  return admitted;
}
