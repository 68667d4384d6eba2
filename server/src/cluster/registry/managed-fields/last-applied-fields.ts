// From client-side apply to server-side apply: what `kubectl apply` wrote into its annotation is the applier's own, when the applier is kubectl.
import { goJson } from '../../../kube/go-json.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { lastAppliedKey, lastAppliedOf } from '../patch/last-applied.ts';
import { compare } from './compare.ts';
import { unmanaged, type FieldManager } from './entries.ts';
import { difference, emptySet, type FieldSet } from './field-set.ts';
import type { RootType } from './parts.ts';
import { setOf } from './set-of.ts';

/** Only kubectl's own manager takes over; to opt out one uses another. */
export const isTakenOver = ({ manager }: FieldManager): boolean => manager === 'kubectl';

/** The fields of the annotation that still have the value that was applied. */
export function lastAppliedFields(live: KubeObject, type: RootType): FieldSet {
  const applied = lastAppliedOf({ ...live });
  if (applied['apiVersion'] !== live.apiVersion) return emptySet;
  const { changed, removed } = compare(applied, unmanaged(live), type);
  return difference(difference(setOf(applied, type), changed), removed);
}

/** The annotation, where there is one, follows what is applied. */
export function withLastApplied(object: KubeObject, configuration: JsonMap): KubeObject {
  const { annotations } = object.metadata;
  if (!annotations?.[lastAppliedKey]) return object;
  const text = `${goJson(withoutAnnotation(configuration))}\n`;
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [lastAppliedKey]: text } } };
}

function withoutAnnotation(configuration: JsonMap): JsonMap {
  const { metadata } = configuration;
  const annotations = isMap(metadata) ? metadata['annotations'] : undefined;
  if (!isMap(metadata) || !isMap(annotations)) return configuration;
  const { [lastAppliedKey]: _own, ...others } = annotations;
  return { ...configuration, metadata: { ...metadata, annotations: others } };
}
