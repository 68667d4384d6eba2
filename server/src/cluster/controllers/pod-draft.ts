// A pod as the template says. Everything in it is shared by all pods of the template, spec above all: the registry knows it by
// identity, and checks and completes it once.
// Source: GetPodFromTemplate (controller_utils.go).
import type { KubeObject } from '../../kube/object.ts';
import type { Pod, PodTemplateSpec } from '../../schema/generated/types.ts';
import type { Draft } from '../runtime/writer.ts';
import { controllerReference } from './claim.ts';

const longestName = 253;

export function podDraft(owner: KubeObject, { metadata: template, spec }: PodTemplateSpec): Draft<Pod> {
  const { name, namespace } = owner.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      // A dash makes the name prettier, if there is room for one.
      generateName: name.length < longestName ? `${name}-` : name,
      ...(namespace && { namespace }),
      ...(template?.labels && { labels: template.labels }),
      ...(template?.annotations && { annotations: template.annotations }),
      ...(template?.finalizers && { finalizers: template.finalizers }),
      ownerReferences: [controllerReference(owner)],
    },
    spec,
  };
}
