// The form in which the store keeps an object: with its version, and put together in one way whatever way it came.
//
// Objects with the same fields that were put together in different ways are of different hidden classes to V8, and code that meets
// many of these takes its slow paths. Everybody reads what is stored, so that this one place makes all of them quicker.
import { metadataForm } from '../../kube/metadata-form.ts';
import type { KubeObject } from '../../kube/object.ts';

/** An object that has this version already is complete: whoever made it wrote it in. */
export function storedForm(object: KubeObject, version: number): KubeObject {
  const resourceVersion = String(version);
  const { apiVersion, kind, metadata } = object;
  if (metadata.resourceVersion === resourceVersion) return object;
  const versioned = metadataForm(metadata, resourceVersion);
  const { spec, status } = object as KubeObject & { readonly spec?: unknown; readonly status?: unknown };
  const isUsual = spec !== undefined && status !== undefined && countOf(object) === 5;
  return isUsual ? ({ apiVersion, kind, metadata: versioned, spec, status } as KubeObject) : { ...object, metadata: versioned };
}

function countOf(object: object): number {
  let count = 0;
  for (const _ in object) count++;
  return count;
}
