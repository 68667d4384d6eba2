// The form in which the store keeps an object: with its version, and put together in one way whatever way it came. Everybody reads what
// is stored, so that this one place makes all of them quicker (see kube/object-form.ts).
import type { KubeObject } from '../../kube/object.ts';
import { metadataForm, objectForm, type Stateful } from '../../kube/object-form.ts';

/** An object that has this version already is complete: whoever made it wrote it in. */
export function storedForm(object: KubeObject, version: number): KubeObject {
  const resourceVersion = String(version);
  if (object.metadata.resourceVersion === resourceVersion) return object;
  const metadata = metadataForm(object.metadata, resourceVersion);
  const { status } = object as Stateful;
  return status === undefined ? { ...object, metadata } : objectForm(object, metadata, status);
}
