// PUT namespaces/NAME/finalize: the only way to change a namespace's spec.finalizers. The last one to go lets the namespace go.
import { isStatus } from '../../../kube/status.ts';
import type { Namespace } from '../../../schema/generated/types.ts';
import { notFound } from '../answers.ts';
import { checkPreconditions, commitChange } from '../update.ts';
import { readBody } from '../verbs/body.ts';
import { writeOf, type VerbHandler } from '../verbs/handler.ts';
import { checkName } from '../verbs/update.ts';

export const finalizeNamespace: VerbHandler = (context, strategy, request, warnings) => {
  const { name = '' } = request;
  const body = readBody(strategy.info, request, warnings);
  if (isStatus(body)) return body;
  const misnamed = checkName(body, name);
  if (misnamed) return misnamed;
  const before = context.store.get<Namespace>('namespaces', undefined, name);
  if (!before) return notFound(strategy.info, name);
  const refused = checkPreconditions(strategy, before, body.metadata);
  if (refused) return refused;
  const { finalizers: _, ...spec } = before.spec;
  const asked = (body as Namespace).spec?.finalizers;
  const next = { ...before, spec: { ...spec, ...(asked && { finalizers: asked }) } };
  const after = commitChange(context, strategy, before, next, writeOf(context, request, warnings));
  return isStatus(after) ? after : { code: 200, body: after };
};
