// Kinds that are served in several versions. One version is stored; objects of the others are converted on their way in and out, and
// judged in the form of the stored one. A new pair of versions is a file here and a line in `conversions`.
//
// Invariant: fromStored(toStored(x)) is x as the server would answer with it, and toStored of that is the same again.
import type { KubeObject } from '../../kube/object.ts';
import { groupOf } from '../../kube/object.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { eventVersions } from './event.ts';
import { horizontalPodAutoscalerVersions } from './horizontal-pod-autoscaler.ts';

export interface Conversion<Served extends KubeObject = KubeObject, Stored extends KubeObject = KubeObject> {
  /** The kind that is stored. */
  readonly stored: { readonly apiVersion: string; readonly kind: string };
  toStored(object: Served): Stored;
  fromStored(object: Stored): Served;
}

/** By apiVersion and kind of what is not stored. */
const conversions = new Map<string, ReadonlyMap<string, Conversion>>([
  ['events.k8s.io/v1', new Map([['Event', eventVersions as unknown as Conversion]])],
  ['autoscaling/v1', new Map([['HorizontalPodAutoscaler', horizontalPodAutoscalerVersions as unknown as Conversion]])],
]);

/** What findings call an object: by the kind that is judged, the stored one. */
export function judgedKind({ apiVersion, kind, group }: KindInfo): Pick<KindInfo, 'group' | 'kind'> {
  const stored = conversionOf(apiVersion, kind)?.stored;
  return stored ? { group: groupOf(stored.apiVersion), kind: stored.kind } : { group, kind };
}

/** undefined for kinds that are stored as they are. Asked at every write. */
export function conversionOf(apiVersion: string, kind: string): Conversion | undefined {
  return conversions.get(apiVersion)?.get(kind);
}
