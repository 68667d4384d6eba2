// POST pods/NAME/binding.
import { isStatus } from '../../../kube/status.ts';
import type { Binding } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { badRequest, unexpected } from '../answers.ts';
import { bindPod } from '../binding.ts';
import { readBody } from '../verbs/body.ts';
import { writeOf, type VerbHandler } from '../verbs/handler.ts';

const success = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } as const;

export const createBinding: VerbHandler = (context, _strategy, request, warnings) => {
  const { namespace = '', name = '' } = request;
  const body = readBody(kindOf('v1', 'Binding')!, request, warnings);
  if (isStatus(body)) return body;
  const { metadata, target } = body as Binding;
  if (metadata.name !== name) return badRequest('name in URL does not match name in Binding object');
  if (!target?.name) return unexpected('target.name: Required value');
  const { uid, annotations, labels } = metadata;
  const binding = { node: target.name, ...(uid && { uid }), ...(annotations && { annotations }), ...(labels && { labels }) };
  return bindPod(context, namespace, name, binding, writeOf(context, request, warnings)) ?? success;
};
