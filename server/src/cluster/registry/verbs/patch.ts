// PATCH: changes an object, or its status, by a patch of any type.
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import { notFound } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { withoutDuplicateOwners } from '../owner-references.ts';
import { readComplete } from '../read.ts';
import type { ApiRequest } from '../request.ts';
import type { Strategy } from '../strategy.ts';
import { checkVersion, updateObject, type Part } from '../update.ts';
import { applyPart } from './apply.ts';
import { inNamespace } from './body.ts';
import { writeOf, type Answer, type VerbHandler } from './handler.ts';
import { checkName } from './update.ts';

export const handlePatch: VerbHandler = (context, strategy, request, warnings) => patchPart(context, strategy, request, 'all but status', warnings);

export function patchPart(context: RegistryContext, strategy: Strategy, request: ApiRequest, part: Part, warnings: string[]): Answer {
  if (request.patchType === 'apply') return applyPart(context, strategy, request, part, warnings);
  const { namespace, name = '' } = request;
  const before = readComplete(context, strategy, namespace, name);
  if (!before) return notFound(strategy.info, name);
  const object = patched(strategy, before, request, warnings);
  if (isStatus(object)) return object;
  const refused = checkVersion(strategy, before, object.metadata);
  if (refused) return refused;
  const next = withoutDuplicateOwners(strategy.rules.defaults(object), 'patched', warnings);
  const updated = updateObject(context, strategy, before, next, part, writeOf(context, request, warnings));
  return isStatus(updated) ? updated : { code: 200, body: updated };
}

function patched(strategy: Strategy, before: KubeObject, request: ApiRequest, warnings: string[]): KubeObject | Status {
  const object = applyPatch(strategy.info, before, request, warnings);
  return isStatus(object) ? object : (checkName(object, request.name ?? '') ?? inNamespace(strategy, object, request));
}
