// POST pods/NAME/binding, and its old form: POST bindings, where only the body names the pod.
import { quote } from '../../../kube/quote.ts';
import { isStatus } from '../../../kube/status.ts';
import type { Binding } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { badRequest, unexpected } from '../answers.ts';
import { bindPod } from '../binding.ts';
import { readBody } from '../verbs/body.ts';
import { writeOf, type VerbHandler } from '../verbs/handler.ts';

const success = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } as const;

export const createBinding: VerbHandler = (context, _strategy, request, warnings) => {
  const { namespace = '' } = request;
  const body = readBody(kindOf('v1', 'Binding')!, request, warnings);
  if (isStatus(body)) return body;
  const { metadata, target } = body as Binding;
  const { name = metadata.name } = request;
  if (metadata.name !== name) return badRequest('name in URL does not match name in Binding object');
  const errors = [
    ...(target?.kind && target.kind !== 'Node' ? [`target.kind: Unsupported value: ${quote(target.kind)}: supported values: "Node", "<empty>"`] : []),
    ...(target?.name ? [] : ['target.name: Required value']),
  ];
  if (errors.length > 0 || !target) return unexpected(errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`);
  const { uid, annotations, labels } = metadata;
  const binding = { node: target.name ?? '', ...(uid && { uid }), ...(annotations && { annotations }), ...(labels && { labels }) };
  return bindPod(context, namespace, name, binding, writeOf(context, request, warnings)) ?? success;
};
