// PUT: replaces an object, or its status.
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import { refuseCreation } from '../../authorization/authorize.ts';
import { badRequest, notFound } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { createObject, withInitialDefaults, withVersion } from '../create.ts';
import { withoutDuplicateOwners } from '../owner-references.ts';
import { readComplete } from '../read.ts';
import type { ApiRequest } from '../request.ts';
import type { Strategy } from '../strategy.ts';
import { checkIdentity, checkPreconditions, updateObject, type Part } from '../update.ts';
import { inNamespace, readBody } from './body.ts';
import { writeOf, type Answer, type VerbHandler } from './handler.ts';

export const handleUpdate: VerbHandler = (context, strategy, request, warnings) => replacePart(context, strategy, request, 'all but status', warnings);

export function replacePart(context: RegistryContext, strategy: Strategy, request: ApiRequest, part: Part, warnings: string[]): Answer {
  const { namespace, name = '' } = request;
  const object = readNamed(strategy, request, warnings);
  if (isStatus(object)) return object;
  const write = writeOf(context, request, warnings);
  const before = readComplete(context, strategy, namespace, name);
  if (!before) {
    if (!strategy.createsOnUpdate || part === 'status') return notFound(strategy.info, name);
    const refused = refuseCreation(context.store, request) ?? checkIdentity(strategy, object.metadata);
    if (refused) return refused;
    const created = createObject(context, strategy, withInitialDefaults(strategy, write.dryRun ? object : withVersion(object)), write);
    return isStatus(created) ? created : { code: 201, body: created };
  }
  const refused = checkPreconditions(strategy, before, object.metadata);
  if (refused) return refused;
  const next = withoutDuplicateOwners(strategy.rules.defaults(object), 'sent', warnings);
  const updated = updateObject(context, strategy, before, next, part, write);
  return isStatus(updated) ? updated : { code: 200, body: updated };
}

function readNamed(strategy: Strategy, request: ApiRequest, warnings: string[]): KubeObject | Status {
  const body = readBody(strategy.info, request, warnings);
  if (isStatus(body)) return body;
  return checkName(body, request.name ?? '') ?? inNamespace(strategy, body, request);
}

/** The name in the body must be that of the URL. */
export function checkName({ metadata }: KubeObject, name: string): Status | undefined {
  if (!metadata.name) return badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  return metadata.name === name ? undefined : badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
}
