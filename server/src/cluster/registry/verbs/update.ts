import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import { badRequest, notFound } from '../answers.ts';
import { createObject, withInitialDefaults } from '../create.ts';
import { updateObject } from '../update.ts';
import { readBody, inNamespace } from './body.ts';
import { writeOf, type VerbHandler } from './handler.ts';

export const handleUpdate: VerbHandler = (context, strategy, request, warnings) => {
  const { namespace, name = '' } = request;
  const body = readBody(strategy.info, request, warnings);
  if (isStatus(body)) return body;
  const misnamed = checkName(body, name);
  if (misnamed) return misnamed;
  const object = inNamespace(strategy, body, request);
  if (isStatus(object)) return object;
  const write = writeOf(context, request, warnings);
  const before = context.store.get(strategy.resource, namespace, name);
  if (!before) {
    if (!strategy.createsOnUpdate) return notFound(strategy.info, name);
    const created = createObject(context, strategy, withInitialDefaults(strategy, object), write);
    return isStatus(created) ? created : { code: 201, body: created };
  }
  const updated = updateObject(context, strategy, before, strategy.rules.defaults(object), 'all but status', write);
  return isStatus(updated) ? updated : { code: 200, body: updated };
};

/** The name in the body must be that of the URL. */
export function checkName({ metadata }: KubeObject, name: string): Status | undefined {
  if (!metadata.name) return badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  return metadata.name === name ? undefined : badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
}
