// ResourceQuota: nothing is created that would use more than the quotas of its namespace leave; what is, is charged to them at once.
// Source: CheckRequest (k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go).
//
// Worked example: quota pods 3, requests.cpu 1; used 3 and 900m; a pod that requests 300m asks for pods=1,requests.cpu=300m, and both
// exceed: "exceeded quota: small, requested: pods=1,requests.cpu=300m, used: pods=3,requests.cpu=900m, limited: pods=3,requests.cpu=1"
import type { KubeObject } from '../../../../kube/object.ts';
import type { Status } from '../../../../kube/status.ts';
import type { ResourceQuota } from '../../../../schema/generated/types.ts';
import { quotasByNamespace } from '../../../store/indexes.ts';
import { forbidden } from '../../answers.ts';
import type { RegistryContext } from '../../context.ts';
import type { AdmissionRequest, Check } from '../request.ts';
import { amountsOf, amountsText, exceedingOf, growthOf, negativeOf, only, sumOf, textsOf, withoutZeros, type Amounts } from './amounts.ts';
import type { Evaluator } from './evaluator.ts';
import { evaluatorOf } from './evaluators.ts';
import { scopesOf } from './scope-selector.ts';

export const checkQuota: Check = (context, request) => {
  const { namespace } = request.object.metadata;
  if (namespace === undefined) return undefined;
  const quotas = context.store.indexed(quotasByNamespace, namespace).objects;
  if (quotas.size === 0) return undefined;
  const evaluator = evaluatorOf(request.strategy.resource);
  return evaluator?.handles(request) ? checkAll([...quotas.values()] as ResourceQuota[], evaluator, context, request) : undefined;
};

function checkAll(quotas: readonly ResourceQuota[], evaluator: Evaluator, context: RegistryContext, request: AdmissionRequest): Status | undefined {
  const { object, before, write } = request;
  const refuse = (why: string) => forbidden(request.strategy.info, object.metadata.name, why);
  const concerned: ResourceQuota[] = [];
  for (const quota of quotas) {
    if (!isAbout(quota, evaluator, object)) continue;
    const names = Object.keys(quota.status.hard ?? {}).filter((name) => evaluator.counts(name));
    const missing = evaluator.missing?.(names, object);
    if (missing !== undefined) return refuse(`failed quota: ${quota.metadata.name}: ${missing}`);
    if (names.some((name) => quota.status.used?.[name] === undefined)) {
      return refuse(`status unknown for quota: ${quota.metadata.name}, resources: ${[...names].sort().join(',')}`);
    }
    concerned.push(quota);
  }
  const nowMs = context.agenda.now;
  const usage = evaluator.usage(object, nowMs);
  const negative = negativeOf(usage);
  if (negative.length > 0) return refuse(`quota usage is negative for resource(s): ${[...negative].sort().join(',')}`);
  const growth = before ? growthOf(usage, evaluator.usage(before, nowMs)) : usage;
  const charges: { readonly quota: ResourceQuota; readonly used: Amounts }[] = [];
  for (const quota of concerned) {
    const added = withoutZeros(before && isAbout(quota, evaluator, before) ? growth : usage);
    if (added.size === 0) continue;
    const hard = amountsOf(quota.status.hard);
    const requested = only(added, (name) => hard.has(name));
    const used = amountsOf(quota.status.used);
    const after = sumOf(used, requested);
    const exceeding = exceedingOf(
      only(after, (name) => requested.has(name)),
      hard,
    );
    const text = (amounts: Amounts) => amountsText(only(amounts, (name) => exceeding.has(name)));
    if (exceeding.size > 0 && write.subresource !== 'status') {
      return refuse(`exceeded quota: ${quota.metadata.name}, requested: ${text(requested)}, used: ${text(used)}, limited: ${text(hard)}`);
    }
    charges.push({ quota, used: after });
  }
  if (!write.dryRun) for (const { quota, used } of charges) charge(context, quota, used, request);
  return undefined;
}

/** A quota is about an object when it counts something of its kind, and the object is within all its scopes. */
const isAbout = (quota: ResourceQuota, evaluator: Evaluator, object: KubeObject): boolean =>
  Object.keys(quota.status.hard ?? {}).some((name) => evaluator.counts(name)) && scopesOf(quota).every((scope) => evaluator.isWithin(scope, object));

function charge({ store }: RegistryContext, quota: ResourceQuota, used: Amounts, { write }: AdmissionRequest): void {
  const { namespace, name } = quota.metadata;
  const after: ResourceQuota = { ...quota, status: { ...quota.status, used: textsOf(used) } };
  store.commit({ resource: 'resourcequotas', namespace, name, after, cause: write.cause });
}
