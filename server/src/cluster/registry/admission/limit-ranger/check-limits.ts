// LimitRanger, the second half: nothing is created that is outside of what the LimitRanges of its namespace allow.
import type { Status } from '../../../../kube/status.ts';
import type { LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod, PodSpec } from '../../../../schema/generated/types.ts';
import { aggregate } from '../../../../validation/pod/aggregate.ts';
import { limitRangesByNamespace } from '../../../store/indexes.ts';
import { forbidden } from '../../answers.ts';
import { amountsOf, type Amounts, type ResourceTexts } from '../quota/amounts.ts';
import { isNewPod, type AdmissionRequest, type Check } from '../request.ts';
import { claimOutOfBounds, outOfBounds } from './bounds.ts';

export const checkLimits: Check = ({ store }, request) => {
  const { object, before } = request;
  const find = finderOf(request);
  if (!find || before?.metadata.deletionTimestamp !== undefined) return undefined;
  for (const range of store.indexed(limitRangesByNamespace, object.metadata.namespace ?? '').objects.values()) {
    const refused = refusal(request, ((range as LimitRange).spec.limits ?? []).flatMap(find));
    if (refused) return refused;
  }
  return undefined;
};

/** What is wrong with the object by one item of a LimitRange; undefined: LimitRanges do not concern it. */
function finderOf(request: AdmissionRequest): ((limit: LimitRangeItem) => readonly string[]) | undefined {
  const { operation, strategy, object, write } = request;
  const isResize = operation === 'UPDATE' && strategy.resource === 'pods' && write.subresource === 'resize';
  if (isNewPod(request) || isResize) return (limit) => podOutOfBounds((object as Pod).spec, limit);
  if (strategy.resource !== 'persistentvolumeclaims' || operation === 'DELETE' || write.subresource !== undefined) return undefined;
  const requests = amountsOf((object as PersistentVolumeClaim).spec.resources?.requests);
  return (limit) => (limit.type === 'PersistentVolumeClaim' ? claimOutOfBounds(limit, requests) : []);
}

function podOutOfBounds(spec: PodSpec, limit: LimitRangeItem): readonly string[] {
  if (limit.type === 'Container') {
    return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources }) =>
      outOfBounds(limit, { requests: amountsOf(resources?.requests), limits: amountsOf(resources?.limits) }),
    );
  }
  if (limit.type !== 'Pod') return [];
  return outOfBounds(limit, {
    requests: asWhole(aggregate(spec, 'requests'), spec.resources?.requests),
    limits: asWhole(aggregate(spec, 'limits'), spec.resources?.limits),
  });
}

/** What the pod has as a whole goes before the sum of its containers. */
function asWhole(sum: Amounts, own: ResourceTexts | undefined): Amounts {
  return new Map([...sum, ...[...amountsOf(own)].filter(([name]) => name === 'cpu' || name === 'memory')]);
}

/** Several are listed in brackets, each once. */
function refusal({ strategy: { info }, object }: AdmissionRequest, found: readonly string[]): Status | undefined {
  const texts = [...new Set(found)];
  if (texts.length === 0) return undefined;
  return forbidden(info, object.metadata.name, texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`);
}
