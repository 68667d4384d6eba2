// The rollback of the API before apps/v1: an annotation that asks the controller itself to go back to a revision. kubectl has long
// done this by writing the old template into the Deployment.
// Source: rollback.go; LastRevision, SetDeploymentAnnotationsTo (deployment_util.go).
import type { StringMap } from '../../../kube/object.ts';
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import { isCopied, revisionOf, rollbackAnnotation } from './annotations.ts';
import type { ReplicaSets } from './replica-sets.ts';
import type { Step } from './steps.ts';
import { sameTemplate, withoutHash } from './template.ts';

/** The revision that is asked for, 0 for the one before; undefined when none is. */
export function rollbackTo({ metadata }: Deployment): number | undefined {
  const text = metadata.annotations?.[rollbackAnnotation];
  return text !== undefined && /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}

export function rollBack(deployment: Deployment, { all }: ReplicaSets, asked: number): readonly Step[] {
  const revision = asked === 0 ? lastRevision(all) : asked;
  if (revision === 0) return [warning('DeploymentRollbackRevisionNotFound', 'Unable to find last revision.'), settled(deployment)];
  const set = all.find((candidate) => revisionOf(candidate) === revision);
  if (!set) return [warning('DeploymentRollbackRevisionNotFound', 'Unable to find the revision to rollback to.'), settled(deployment)];
  if (sameTemplate(set.spec.template, deployment.spec.template)) {
    const message = `The rollback revision contains the same template as current deployment "${deployment.metadata.name}"`;
    return [warning('DeploymentRollbackTemplateUnchanged', message), settled(deployment)];
  }
  const message = `Rolled back deployment "${deployment.metadata.name}" to revision ${revision}`;
  const reason = { code: 'rollback', args: { to: revision } };
  return [
    { step: 'deployment', deployment: withTemplateOf(deployment, set), reason },
    { step: 'event', type: 'Normal', reason: 'DeploymentRollback', message },
  ];
}

/** The second highest revision: 0 when there is none. */
function lastRevision(sets: readonly ReplicaSet[]): number {
  let [highest, second] = [0, 0];
  for (const set of sets) {
    const revision = revisionOf(set);
    if (revision >= highest) [highest, second] = [revision, highest];
    else if (revision > second) second = revision;
  }
  return second;
}

/** The ReplicaSet's annotations come back with its template; otherwise its change-cause would be overwritten by the newer one. */
function withTemplateOf(deployment: Deployment, { metadata, spec }: ReplicaSet): Deployment {
  const kept = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !isCopied(key));
  const restored = Object.entries(metadata.annotations ?? {}).filter(([key]) => isCopied(key));
  return settledWith({ ...deployment, spec: { ...deployment.spec, template: withoutHash(spec.template) } }, Object.fromEntries([...kept, ...restored]));
}

const warning = (reason: string, message: string): Step => ({ step: 'event', type: 'Warning', reason, message });

/** Without the request. */
const settled = (deployment: Deployment): Step => ({
  step: 'deployment',
  deployment: settledWith(deployment, deployment.metadata.annotations ?? {}),
  reason: { code: 'rollback-given-up', args: {} },
});

function settledWith(deployment: Deployment, annotations: StringMap): Deployment {
  const { [rollbackAnnotation]: _, ...rest } = annotations;
  return { ...deployment, metadata: { ...deployment.metadata, annotations: rest } };
}
