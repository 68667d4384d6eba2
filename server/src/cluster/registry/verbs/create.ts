import { isStatus } from '../../../kube/status.ts';
import { methodNotAllowed } from '../answers.ts';
import { createObject, withInitialDefaults } from '../create.ts';
import { readBody, inNamespace } from './body.ts';
import { writeOf, type VerbHandler } from './handler.ts';

export const handleCreate: VerbHandler = (context, strategy, request, warnings) => {
  if (strategy.info.namespaced && request.namespace === undefined) return methodNotAllowed();
  const body = readBody(strategy.info, request, warnings);
  if (isStatus(body)) return body;
  const object = inNamespace(strategy, body, request);
  if (isStatus(object)) return object;
  const created = createObject(context, strategy, withInitialDefaults(strategy, object), writeOf(context, request, warnings));
  return isStatus(created) ? created : { code: 201, body: created };
};
