// Once, what makes pods was labelled like its pods when it said nothing itself. ReplicationControllers and jobs still are.
import type { KubeObject } from '../../kube/object.ts';
import type { PodTemplateSpec } from '../../schema/generated/types.ts';

/** The object with the labels of its template: the very same map, as in the server, for which see the strategy of jobs. */
export function withTemplateLabels<T extends KubeObject>(object: T, template: PodTemplateSpec | undefined): T {
  const { labels } = template?.metadata ?? {};
  if (!labels || Object.keys(object.metadata.labels ?? {}).length > 0) return object;
  return { ...object, metadata: { ...object.metadata, labels } };
}
