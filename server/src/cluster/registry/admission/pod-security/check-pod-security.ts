// PodSecurity: pods that violate what their namespace enforces are refused; pods and the templates of workloads are warned of, and so is
// who tightens a namespace with pods in it.
import type { KubeObject } from '../../../../kube/object.ts';
import type { Status } from '../../../../kube/status.ts';
import type { Container, Namespace, Pod } from '../../../../schema/generated/types.ts';
import { forbidden } from '../../answers.ts';
import type { RegistryContext } from '../../context.ts';
import type { AdmissionRequest, Check } from '../request.ts';
import type { PodLike } from './check-kind.ts';
import { detailsText, violationsOf } from './evaluate.ts';
import { policyOf, policyText, rank, unlimited, type LevelVersion, type Policy } from './policy.ts';
import { warnOfPods } from './warn-of-pods.ts';

type Templated = KubeObject & {
  readonly template?: PodLike;
  readonly spec?: { readonly template?: PodLike; readonly jobTemplate?: { readonly spec?: { readonly template?: PodLike } } };
};

const templateOf: Readonly<Record<string, (object: Templated) => PodLike | undefined>> = {
  podtemplates: ({ template }) => template,
  replicationcontrollers: ({ spec }) => spec?.template,
  'replicasets.apps': ({ spec }) => spec?.template,
  'deployments.apps': ({ spec }) => spec?.template,
  'statefulsets.apps': ({ spec }) => spec?.template,
  'daemonsets.apps': ({ spec }) => spec?.template,
  'jobs.batch': ({ spec }) => spec?.template,
  'cronjobs.batch': ({ spec }) => spec?.jobTemplate?.spec?.template,
};

/** What is written to a pod otherwise, and cannot make it less safe. */
const harmless = new Set(['exec', 'attach', 'binding', 'eviction', 'log', 'portforward', 'proxy', 'status']);

export const checkPodSecurity: Check = (context, request) => {
  const { operation, strategy, object, write } = request;
  if (operation === 'DELETE') return undefined;
  if (strategy.resource === 'pods') return checkPod(context, request);
  if (write.subresource !== undefined) return undefined;
  if (strategy.resource === 'namespaces') return operation === 'UPDATE' ? checkNamespace(context, request) : undefined;
  const template = templateOf[strategy.resource]?.(object as Templated);
  if (template?.spec) warn(policyIn(context, object).warn, template, write.warnings);
  return undefined;
};

function checkPod(context: RegistryContext, { strategy, object, before, write }: AdmissionRequest): Status | undefined {
  if (write.subresource !== undefined && harmless.has(write.subresource)) return undefined;
  const policy = policyIn(context, object);
  const pod = object as Pod;
  if (policy === unlimited || (before && !isSignificant(pod, before as Pod))) return undefined;
  const violations = violationsOf(policy.enforce, pod);
  if (violations.length === 0) return void warn(policy.warn, pod, write.warnings);
  return forbidden(strategy.info, pod.metadata.name, `violates PodSecurity "${policyText(policy.enforce)}": ${detailsText(violations)}`);
}

function policyIn({ store }: RegistryContext, { metadata }: KubeObject): Policy {
  return policyOf(store.get<Namespace>('namespaces', undefined, metadata.namespace ?? '')?.metadata.labels);
}

function warn(policy: LevelVersion, pod: PodLike, warnings: string[] | undefined): void {
  if (!warnings) return;
  const violations = violationsOf(policy, pod);
  if (violations.length > 0) warnings.push(`would violate PodSecurity "${policyText(policy)}": ${detailsText(violations)}`);
}

/** Of a pod that exists, only images and ephemeral containers can still change in a way that matters. */
function isSignificant({ spec }: Pod, { spec: before }: Pod): boolean {
  if (differ(spec.containers, before.containers) || differ(spec.initContainers, before.initContainers)) return true;
  return (spec.ephemeralContainers ?? []).some(({ name, image }) => before.ephemeralContainers?.find((one) => one.name === name)?.image !== image);
}

const differ = (now: readonly Container[] = [], then: readonly Container[] = []) =>
  now.length !== then.length || now.some(({ image }, i) => image !== then[i]!.image);

/** Tells of the pods that could not be created any more, when more is enforced than before. */
function checkNamespace(context: RegistryContext, { object, before, write }: AdmissionRequest): undefined {
  if (object.metadata.labels === before!.metadata.labels || !write.warnings) return;
  const [now, then] = [policyOf(object.metadata.labels).enforce, policyOf(before!.metadata.labels).enforce];
  const isTighter = now.minor === then.minor ? rank(now) > rank(then) : now.level !== 'privileged';
  if (isTighter) write.warnings.push(...warnOfPods(context, object.metadata.name, now));
}
