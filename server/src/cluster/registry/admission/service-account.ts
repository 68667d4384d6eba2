// ServiceAccount: every pod runs as one, and gets its token, the cluster's certificate and the namespace mounted.
import type { Container, Pod, PodSpec, ServiceAccount, Volume } from '../../../schema/generated/types.ts';
import { forbidden, unaskedName } from '../answers.ts';
import { isMirror, mirrorProblem, secretProblem } from './mountable-secrets.ts';
import { isNewPod, type Admit } from './request.ts';

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const volumePrefix = 'kube-api-access-';

/** What the volume projects; 3607 seconds is the one hour that clients may ask to be shortened, and a sign that it was not them. */
const projected: NonNullable<Volume['projected']> = {
  sources: [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
  ],
  defaultMode: 420,
};

export const admitServiceAccount: Admit = (context, request) => {
  if (!isNewPod(request)) return request.object;
  const { info } = request.strategy;
  const pod = request.object as Pod;
  const { namespace, name } = pod.metadata;
  if (isMirror(pod)) {
    const problem = mirrorProblem(pod);
    return problem === undefined ? pod : forbidden(info, name, problem);
  }
  const accountName = pod.spec.serviceAccountName || 'default';
  const account = context.store.get<ServiceAccount>('serviceaccounts', namespace, accountName);
  if (!account) return forbidden(info, name, `error looking up service account ${namespace}/${accountName}: ${notFoundReason(accountName)}`);
  const spec: PodSpec = {
    ...pod.spec,
    serviceAccountName: accountName,
    serviceAccount: accountName,
    ...(!pod.spec.imagePullSecrets?.length && account.imagePullSecrets?.length && { imagePullSecrets: account.imagePullSecrets }),
  };
  const mounts = pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
  const admitted: Pod = { ...pod, spec: mounts ? withToken(spec, context.random.suffix()) : spec };
  const problem = secretProblem(account, admitted);
  return problem === undefined ? admitted : forbidden(info, name, problem);
};

/** A name that cannot stand in a path is not asked for. */
function notFoundReason(account: string): string {
  return unaskedName(account) ?? `serviceaccount "${account}" not found`;
}

/** Mounts the token in every container that has nothing else there. The volume is used again when the pod already brings one. */
export function withToken(spec: PodSpec, suffix: string): PodSpec {
  const existing = tokenVolumeOf(spec);
  const name = existing?.name ?? volumePrefix + suffix;
  const isMissing = (container: Container) => !container.volumeMounts?.some((mount) => mount.mountPath === mountPath);
  const containers: readonly Container[] = spec.containers ?? [];
  if (!containers.some(isMissing) && !spec.initContainers?.some(isMissing)) return spec;
  const mount = { name, readOnly: true, mountPath };
  const mounted = (container: Container): Container =>
    isMissing(container) ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] } : container;
  return {
    ...spec,
    containers: containers.map(mounted),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(mounted) }),
    ...(!existing && { volumes: [...(spec.volumes ?? []), { name, projected }] }),
  };
}

/** The volume that `withToken` adds, or one like it that the pod brought along. */
export const tokenVolumeOf = (spec: PodSpec): Volume | undefined => spec.volumes?.find(({ name }) => name.startsWith(volumePrefix));

/** The inverse of `withToken`, for a pod that did not bring the volume itself. */
export function withoutToken(spec: PodSpec): PodSpec {
  const name = tokenVolumeOf(spec)?.name;
  if (name === undefined) return spec;
  const unmounted = ({ volumeMounts = [], ...container }: Container): Container => {
    const others = volumeMounts.filter((mount) => mount.name !== name);
    return others.length === 0 ? container : { ...container, volumeMounts: others };
  };
  const { volumes = [], ...rest } = spec;
  const others = volumes.filter((volume) => volume.name !== name);
  return {
    ...rest,
    containers: spec.containers.map(unmounted),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(unmounted) }),
    ...(others.length > 0 && { volumes: others }),
  };
}
