// The status of an object, apart from the rest of it.
import { isStatus } from '../../../kube/status.ts';
import { notFound } from '../answers.ts';
import { updateObject } from '../update.ts';
import { readBody, inNamespace } from '../verbs/body.ts';
import { handleGet } from '../verbs/get.ts';
import { writeOf, type VerbHandler } from '../verbs/handler.ts';
import { patchPart } from '../verbs/patch.ts';
import { checkName } from '../verbs/update.ts';

export const getStatus = handleGet;

export const updateStatus: VerbHandler = (context, strategy, request, warnings) => {
  const { namespace, name = '' } = request;
  const body = readBody(strategy.info, request, warnings);
  if (isStatus(body)) return body;
  const misnamed = checkName(body, name);
  if (misnamed) return misnamed;
  const object = inNamespace(strategy, body, request);
  if (isStatus(object)) return object;
  const before = context.store.get(strategy.resource, namespace, name);
  if (!before) return notFound(strategy.info, name);
  const updated = updateObject(context, strategy, before, strategy.rules.defaults(object), 'status', writeOf(context, request, warnings));
  return isStatus(updated) ? updated : { code: 200, body: updated };
};

export const patchStatus: VerbHandler = (context, strategy, request, warnings) => patchPart(context, strategy, request, 'status', warnings);
