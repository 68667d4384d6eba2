// What a plan for an autoscaler is made from.
import { parseSelector } from '../../../kube/label-selector-text.ts';
import { matches, type Selector } from '../../../kube/label-selector.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { resourceKey, splitKey } from '../../../kube/resource.ts';
import type { Catalog } from '../../../schema/custom/catalog.ts';
import type { AutoscalingV2HorizontalPodAutoscaler as Autoscaler, Pod } from '../../../schema/generated/types.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { hasMetrics } from '../../metrics/metrics-api.ts';
import { scalePartsOf, type ScaleParts } from '../../registry/subresources/scale-parts.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Memory } from './memory.ts';

export interface AutoscalerView {
  readonly autoscaler: Autoscaler;
  readonly target: Target | { readonly error: string };
  readonly hasMetrics: boolean;
  readonly memory: Memory;
  readonly nowMs: number;
}

export interface Target {
  readonly info: KindInfo;
  readonly object: KubeObject;
  readonly scale: ScaleParts;
  /** What the selector says; an error in it. */
  readonly pods: readonly Pod[] | { readonly error: string };
  /** Keys of the autoscalers, this one too, whose targets have some of these pods: 'default/web'. */
  readonly rivals: readonly string[];
}

export const autoscalers = 'horizontalpodautoscalers.autoscaling';

export function observeAutoscaler(
  key: string,
  memories: ReadonlyMap<string, Memory>,
  memory: Memory,
  reader: Reader,
  catalog: Catalog,
  nowMs: number,
): AutoscalerView | undefined {
  const { namespace, name } = splitKey(key);
  const autoscaler = reader.get<Autoscaler>(autoscalers, namespace, name);
  if (!autoscaler) return undefined;
  return { autoscaler, target: targetOf(key, autoscaler, memories, reader, catalog), hasMetrics: hasMetrics(reader), memory, nowMs };
}

function targetOf(
  key: string,
  { metadata: { namespace }, spec: { scaleTargetRef } }: Autoscaler,
  memories: ReadonlyMap<string, Memory>,
  reader: Reader,
  catalog: Catalog,
): AutoscalerView['target'] {
  const { apiVersion = '', kind, name } = scaleTargetRef;
  const parts = apiVersion.split('/');
  if (parts.length > 2) return { error: `unexpected GroupVersion string: ${apiVersion}` };
  const group = parts.length === 2 ? parts[0]! : '';
  const info = catalog.kinds.find((one) => one.kind === kind && one.group === group);
  if (!info) return { error: `no matches for kind ${JSON.stringify(kind)} in group ${JSON.stringify(group)}` };
  if (!info.subresources.some((one) => one.name === 'scale')) return { error: 'the server could not find the requested resource' };
  const object = reader.get(resourceKey(info), namespace, name);
  if (!object) return { error: `${resourceKey(info)} ${JSON.stringify(name)} not found` };
  const scale = scalePartsOf(info, object);
  if ('error' in scale) return scale;
  const parsed = parseSelector(scale.selector);
  if ('error' in parsed) return { info, object, scale, pods: parsed, rivals: [] };
  const pods = selected(reader, namespace, parsed.selector);
  return { info, object, scale, pods, rivals: rivalsOf(key, namespace, pods, memories) };
}

const selected = (reader: Reader, namespace: string | undefined, selector: Selector): readonly Pod[] =>
  ([...reader.collection('pods').values()] as Pod[]).filter(({ metadata }) => metadata.namespace === namespace && matches(selector, metadata.labels));

/** Others count by the selector that they had when they last looked. */
function rivalsOf(key: string, namespace: string | undefined, pods: readonly Pod[], memories: ReadonlyMap<string, Memory>): readonly string[] {
  if (pods.length === 0) return [];
  const rivals = [key];
  for (const [other, { selector: text }] of memories) {
    if (other === key || text === undefined || splitKey(other).namespace !== namespace) continue;
    const parsed = parseSelector(text);
    if ('selector' in parsed && pods.some(({ metadata }) => matches(parsed.selector, metadata.labels))) rivals.push(other);
  }
  return rivals.sort();
}
