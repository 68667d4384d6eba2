// PUT namespaces/NAME/finalize: the only way to change a namespace's spec.finalizers. The last one to go lets the namespace go.
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Namespace } from '../../../schema/generated/types.ts';
import { notFound } from '../answers.ts';
import type { RegistryContext, Write } from '../context.ts';
import type { Strategy } from '../strategy.ts';
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
  const after = writeFinalizers(context, strategy, body as Namespace, writeOf(context, request, warnings));
  return isStatus(after) ? after : { code: 200, body: after };
};

/** Takes nothing but spec.finalizers from `namespace`. */
export function writeFinalizers(context: RegistryContext, strategy: Strategy, namespace: Namespace, write: Write): KubeObject | Status {
  const { name } = namespace.metadata;
  const before = context.store.get<Namespace>('namespaces', undefined, name);
  if (!before) return notFound(strategy.info, name);
  const refused = checkPreconditions(strategy, before, namespace.metadata);
  if (refused) return refused;
  const { finalizers: _, ...spec } = before.spec;
  const finalizers = namespace.spec.finalizers ?? [];
  const next: Namespace = { ...before, spec: { ...spec, ...(finalizers.length > 0 && { finalizers }) } };
  return commitChange(context, strategy, before, next, write);
}
