// The five conditions that say how far the deletion of a namespace has come, in the words of the namespace controller.
import type { KubeObject } from '../../../kube/object.ts';
import type { NamespaceCondition } from '../../../schema/generated/types.ts';

type Content = ReadonlyMap<string, readonly KubeObject[]>;
type Finding = Omit<NamespaceCondition, 'lastTransitionTime'>;

/** `remaining`: what is left after everything has been asked to go. A condition that stays as it was keeps its time. */
export function deletionConditions(remaining: Content, before: readonly NamespaceCondition[], time: string): readonly NamespaceCondition[] {
  const findings: readonly Finding[] = [
    fine('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
    fine('NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'),
    fine('NamespaceDeletionContentFailure', 'ContentDeleted', 'All content successfully deleted, may be waiting on finalization'),
    contentRemaining(remaining),
    finalizersRemaining(remaining),
  ];
  return findings.map((finding) => {
    const known = before.find(({ type }) => type === finding.type);
    const isSame = known?.status === finding.status && known.reason === finding.reason && known.message === finding.message;
    return isSame ? known : { ...finding, lastTransitionTime: known?.status === finding.status ? (known.lastTransitionTime ?? time) : time };
  });
}

const fine = (type: string, reason: string, message: string): Finding => ({ type, status: 'False', reason, message });

/** `Some resources are remaining: pods. has 2 resource instances`: resource, a dot, group. */
function contentRemaining(remaining: Content): Finding {
  const type = 'NamespaceContentRemaining';
  if (remaining.size === 0) return fine(type, 'ContentRemoved', 'All content successfully removed');
  const counts = [...remaining].map(([resource, objects]) => `${resource.includes('.') ? resource : `${resource}.`} has ${objects.length} resource instances`);
  return { type, status: 'True', reason: 'SomeResourcesRemain', message: `Some resources are remaining: ${counts.sort().join(', ')}` };
}

function finalizersRemaining(remaining: Content): Finding {
  const type = 'NamespaceFinalizersRemaining';
  const counts = new Map<string, number>();
  for (const objects of remaining.values()) {
    for (const { metadata } of objects) for (const finalizer of metadata.finalizers ?? []) counts.set(finalizer, (counts.get(finalizer) ?? 0) + 1);
  }
  if (counts.size === 0) return fine(type, 'ContentHasNoFinalizers', 'All content-preserving finalizers finished');
  const texts = [...counts].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`);
  return {
    type,
    status: 'True',
    reason: 'SomeFinalizersRemain',
    message: `Some content in the namespace has finalizers remaining: ${texts.sort().join(', ')}`,
  };
}
