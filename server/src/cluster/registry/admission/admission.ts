// Admission: what may be refused or filled in because of the state of the cluster. The order is that of kube-apiserver's
// recommended plugins; a plugin is one file and one line here. Validation comes after the mutating ones.
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { RegistryContext } from '../context.ts';
import type { Strategy } from '../strategy.ts';
import { admitDefaultTolerations } from './default-tolerations.ts';
import { admitNamespace } from './namespace-lifecycle.ts';
import { admitPodTopologyLabels } from './pod-topology-labels.ts';
import { admitPriority } from './priority.ts';
import { admitServiceAccount } from './service-account.ts';
import { admitNodeTaint } from './taint-nodes-by-condition.ts';

/** Gives back the object, changed or not, or why it is refused. */
export type Admit = (context: RegistryContext, strategy: Strategy, object: KubeObject) => KubeObject | Status;

const onCreate: readonly Admit[] = [admitNamespace, admitServiceAccount, admitNodeTaint, admitPriority, admitDefaultTolerations, admitPodTopologyLabels];

export function admitCreate(context: RegistryContext, strategy: Strategy, object: KubeObject): KubeObject | Status {
  let admitted = object;
  for (const admit of onCreate) {
    const result = admit(context, strategy, admitted);
    if (isStatus(result)) return result;
    admitted = result;
  }
  return admitted;
}
