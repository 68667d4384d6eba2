// What may I do in this namespace? (kubectl auth can-i --list)
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus } from '../../../kube/status.ts';
import type { PolicyRule, SelfSubjectRulesReview } from '../../../schema/generated/types.ts';
import { administrator } from '../../authentication/user.ts';
import { rulesOf } from '../../authorization/authorize.ts';
import { badRequest } from '../answers.ts';
import { readBody } from '../verbs/body.ts';
import type { VerbHandler } from '../verbs/handler.ts';

export const reviewOwnRules: VerbHandler = (context, { info }, request, warnings) => {
  const body = readBody(info, request, warnings);
  if (isStatus(body)) return body;
  const { namespace } = (body as SelfSubjectRulesReview).spec ?? {};
  if (!namespace) return badRequest('no namespace on request');
  const { rules, error } = rulesOf(context.store, request.user ?? administrator, namespace);
  const status = {
    resourceRules: rules.filter(({ resources }) => resources?.length).map(resourceRule),
    nonResourceRules: rules.filter(({ nonResourceURLs }) => nonResourceURLs?.length).map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
    ...(error !== undefined && { evaluationError: error }),
  };
  return { code: 201, body: { kind: info.kind, apiVersion: info.apiVersion, metadata: {}, spec: {}, status } as unknown as KubeObject };
};

const resourceRule = ({ verbs, apiGroups, resources, resourceNames }: PolicyRule) => ({
  verbs,
  ...(apiGroups?.length && { apiGroups }),
  resources,
  ...(resourceNames?.length && { resourceNames }),
});
