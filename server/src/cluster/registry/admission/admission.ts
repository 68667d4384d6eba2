// Admission: what may be refused or filled in because of the state of the cluster. The order is that of kube-apiserver's
// recommended plugins; a plugin is one file, and one line in `plugins` (it changes objects), in `checks` (it refuses them), or in both.
//
// The way of a write: plugins, the kind's own preparation, validation, checks, commit. So an invalid pod that is over quota is invalid.
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { RegistryContext, Write } from '../context.ts';
import type { Strategy } from '../strategy.ts';
import { checkCertificates } from './certificates.ts';
import { checkClaimResize } from './claim-resize.ts';
import { admitIngressClass, admitStorageClass } from './default-class.ts';
import { admitDefaultTolerations } from './default-tolerations.ts';
import { checkLimits } from './limit-ranger/check-limits.ts';
import { admitLimitDefaults } from './limit-ranger/defaults.ts';
import { admitNamespace } from './namespace-lifecycle.ts';
import { admitPodLimit } from './pod-limit.ts';
import { checkPodSecurity } from './pod-security/check-pod-security.ts';
import { admitPodTopologyLabels } from './pod-topology-labels.ts';
import { admitPriority, checkDefaultPriority } from './priority.ts';
import { checkPolicies } from './policies/check-policies.ts';
import { checkQuota } from './quota/check-quota.ts';
import type { AdmissionRequest, Admit, Check } from './request.ts';
import { admitRuntimeClass, checkOverhead } from './runtime-class.ts';
import { admitServiceAccount } from './service-account.ts';
import { admitStorageProtection } from './storage-protection.ts';
import { admitNodeTaint } from './taint-nodes-by-condition.ts';

const plugins: readonly Admit[] = [
  admitNamespace,
  admitLimitDefaults,
  admitServiceAccount,
  admitNodeTaint,
  admitPriority,
  admitDefaultTolerations,
  admitStorageClass,
  admitStorageProtection,
  admitRuntimeClass,
  admitIngressClass,
  admitPodTopologyLabels,
];

/** The quota comes last: what another check refuses must not be charged. */
const checks: readonly Check[] = [
  checkLimits,
  checkPodSecurity,
  checkDefaultPriority,
  checkClaimResize,
  checkOverhead,
  checkCertificates,
  checkPolicies,
  checkQuota,
];

/** Depends on what else is in the cluster at this moment, so it is asked for every single pod of a template. */
const pluginsOfTheMoment: readonly Admit[] = [admitNamespace, admitPodLimit];
const checksOfTheMoment: readonly Check[] = [checkPolicies, checkQuota];

/** Gives back the object, changed or not, or why it is refused. */
export const admit: Admit = (context, request) => admitBy(plugins, context, request);

/** Why an object that is valid and complete is refused all the same. */
export const check: Check = (context, request) => checkBy(checks, context, request);

/** For a pod that is made like one that was admitted before: one of a template. */
export function refusedAnother(context: RegistryContext, strategy: Strategy, object: KubeObject, write: Write): Status | undefined {
  const request: AdmissionRequest = { operation: 'CREATE', strategy, object, write };
  const admitted = admitBy(pluginsOfTheMoment, context, request);
  return isStatus(admitted) ? admitted : checkBy(checksOfTheMoment, context, request);
}

function admitBy(all: readonly Admit[], context: RegistryContext, request: AdmissionRequest): KubeObject | Status {
  let asked = request;
  for (const plugin of all) {
    const object = plugin(context, asked);
    if (isStatus(object)) return object;
    if (object !== asked.object) asked = { ...asked, object };
  }
  return asked.object;
}

function checkBy(all: readonly Check[], context: RegistryContext, request: AdmissionRequest): Status | undefined {
  for (const one of all) {
    const refused = one(context, request);
    if (refused) return refused;
  }
  return undefined;
}
