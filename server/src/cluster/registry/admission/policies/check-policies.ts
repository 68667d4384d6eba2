// ValidatingAdmissionPolicy: policies that are bound, written in CEL (apiserver/pkg/admission/plugin/policy/validating/dispatcher.go).
import { matches, selectorOf } from '../../../../kube/label-selector.ts';
import type { KubeObject } from '../../../../kube/object.ts';
import { resourceKey } from '../../../../kube/resource.ts';
import type { Status } from '../../../../kube/status.ts';
import type { Namespace, ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from '../../../../schema/generated/types.ts';
import { forbidden } from '../../answers.ts';
import type { RegistryContext } from '../../context.ts';
import { inVersion } from '../../versions.ts';
import type { AdmissionRequest, Check } from '../request.ts';
import { evaluatePolicy, type Denial } from './evaluate.ts';
import { matchesRequest } from './match.ts';

const bindings = 'validatingadmissionpolicybindings.admissionregistration.k8s.io';
const policies = 'validatingadmissionpolicies.admissionregistration.k8s.io';

/** Nobody locks himself out: policies are not about policies. */
const exempt: ReadonlySet<string> = new Set([
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
]);

export const checkPolicies: Check = (context, request) => {
  const { store } = context;
  // The usual case, at the price of one look.
  if (store.collection(bindings).size === 0 || isExempt(request)) return undefined;
  let refusal: Status | undefined;
  for (const [, object] of [...store.collection(bindings)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const binding = object as ValidatingAdmissionPolicyBinding;
    const policy = store.get<ValidatingAdmissionPolicy>(policies, undefined, binding.spec.policyName);
    if (!policy || !matchesRequest(context, policy.spec.matchConstraints, request) || !matchesRequest(context, binding.spec.matchResources, request)) continue;
    for (const denial of denials(context, policy, binding, request)) refusal ??= act(policy, binding, denial, request);
  }
  return refusal;
};

const isExempt = ({ strategy: { info } }: AdmissionRequest) => info.group === 'admissionregistration.k8s.io' && exempt.has(info.resource);

function denials(
  context: RegistryContext,
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  request: AdmissionRequest,
): readonly Denial[] {
  const params = paramsOf(context, policy, binding, request);
  if ('error' in params) return policy.spec.failurePolicy === 'Ignore' ? [] : [{ message: `failed to configure binding: ${params.error}` }];
  const { namespace: name } = request.object.metadata;
  const namespace = name === undefined ? undefined : context.store.get<Namespace>('namespaces', undefined, name);
  return params.list.flatMap((one) => evaluatePolicy(policy, context.store, request, one, namespace));
}

/** Denies, warns, or does nothing that anybody could see here (Audit). */
function act(
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  { message, reason }: Denial,
  request: AdmissionRequest,
): Status | undefined {
  const { validationActions } = binding.spec;
  const [by, bound] = [policy.metadata.name, binding.metadata.name];
  if (validationActions.includes('Warn')) {
    request.write.warnings?.push(`Validation failed for ValidatingAdmissionPolicy '${by}' with binding '${bound}': ${message}`);
  }
  if (!validationActions.includes('Deny')) return undefined;
  const text = `ValidatingAdmissionPolicy '${by}' with binding '${bound}' denied request: ${message}`;
  const refusal = forbidden(request.strategy.info, request.object.metadata.name, text);
  const status = reason ?? 'Invalid';
  return { ...refusal, reason: status, code: codes[status] ?? 422, details: { ...refusal.details, causes: [{ message: text }] } };
}

const codes: Readonly<Record<string, number>> = { Forbidden: 403, Unauthorized: 401, RequestEntityTooLarge: 413, Invalid: 422 };

/** One evaluation for each; `undefined` stands for none that is asked for. */
function paramsOf(
  { store, catalog }: RegistryContext,
  { spec: { paramKind } }: ValidatingAdmissionPolicy,
  { spec: { paramRef } }: ValidatingAdmissionPolicyBinding,
  request: AdmissionRequest,
): { readonly list: readonly (KubeObject | undefined)[] } | { readonly error: string } {
  if (!paramKind || !paramRef) return { list: [undefined] };
  const info = catalog.kindOf(paramKind.apiVersion ?? '', paramKind.kind ?? '');
  if (!info) return { error: `paramKind kind \`${paramKind.apiVersion}, Kind=${paramKind.kind}\` not known` };
  const namespace = info.namespaced ? (paramRef.namespace ?? request.object.metadata.namespace) : undefined;
  if (info.namespaced && namespace === undefined) return { error: 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources' };
  const chosen = selectorOf(paramRef.selector ?? {});
  const found = [...store.collection(resourceKey(info)).values()].filter(
    ({ metadata }) =>
      metadata.namespace === namespace && (paramRef.name ? metadata.name === paramRef.name : 'selector' in chosen && matches(chosen.selector, metadata.labels)),
  );
  if (found.length > 0) return { list: found.map((object) => inVersion(info, object)) };
  return paramRef.parameterNotFoundAction === 'Allow' ? { list: [] } : { error: 'no params found for policy binding with `Deny` parameterNotFoundAction' };
}
