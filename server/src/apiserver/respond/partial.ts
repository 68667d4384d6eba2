// PartialObjectMetadata: an object without anything but its metadata, for clients that only keep track.
import type { KubeObject } from '../../kube/object.ts';

/** `version`: of meta.k8s.io. */
export const partialOf = ({ metadata }: Pick<KubeObject, 'metadata'>, version: string): object => ({
  kind: 'PartialObjectMetadata',
  apiVersion: `meta.k8s.io/${version}`,
  metadata,
});

export const partialListOf = (items: readonly KubeObject[], metadata: object, version: string): object => ({
  kind: 'PartialObjectMetadataList',
  apiVersion: `meta.k8s.io/${version}`,
  metadata,
  items: items.map((item) => partialOf(item, version)),
});
