// What a pod may take from secrets: a mirror pod nothing, and a pod of a guarded service account only what the account lists.
import type { Container, EnvFromSource, EnvVar, Pod, ServiceAccount } from '../../../schema/generated/types.ts';

const guard = 'kubernetes.io/enforce-mountable-secrets';
/** strconv.ParseBool. */
const truths = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

/** A pod that a kubelet has read from a file is only shown by the API server. */
export const isMirror = ({ metadata }: Pod): boolean => metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;

export function mirrorProblem({ spec }: Pod): string | undefined {
  if (spec.serviceAccountName) return 'a mirror pod may not reference service accounts';
  if (namesSecret(spec)) return 'a mirror pod may not reference secrets';
  const hasToken = spec.volumes?.some(({ projected }) => projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken));
  return hasToken ? 'a mirror pod may not use ServiceAccountToken volume projections' : undefined;
}

/** Keys under which the name of a secret stands, in the sources of volumes. */
const secretKeys = ['secret', 'secretRef', 'nodePublishSecretRef', 'secretKeyRef'];

/** Pull secrets, environment, and every sort of volume (podutil.VisitPodSecretNames). */
function namesSecret({ imagePullSecrets, containers, initContainers, volumes }: Pod['spec']): boolean {
  const all: readonly Container[] = [...containers, ...(initContainers ?? [])];
  const parts = [...(volumes ?? []), ...all.flatMap(({ env, envFrom }) => [...(env ?? []), ...(envFrom ?? [])])];
  return (imagePullSecrets?.length ?? 0) > 0 || parts.some(holdsSecret);
}

const holdsSecret = (part: unknown): boolean =>
  typeof part === 'object' && part !== null && Object.entries(part).some(([key, value]) => secretKeys.includes(key) || holdsSecret(value));

/** Why a pod of this account may not name a secret that it names; undefined when the account does not mind. */
export function secretProblem(account: ServiceAccount, { spec }: Pod): string | undefined {
  if (!truths.has(account.metadata.annotations?.[guard] ?? '')) return undefined;
  const listed = new Set((account.secrets ?? []).map(({ name }) => name));
  const end = `is not allowed because service account ${account.metadata.name} does not reference that`;
  const stray = spec.volumes?.find(({ secret }) => secret && !listed.has(secret.secretName))?.secret;
  if (stray) return `volume with secret.secretName="${stray.secretName ?? ''}" ${end} secret`;
  const inContainers = [...containersOf('init container', spec.initContainers), ...containersOf('container', spec.containers)];
  for (const { what, env, envFrom } of inContainers) {
    const strange = env.find(({ valueFrom }) => valueFrom?.secretKeyRef && !listed.has(valueFrom.secretKeyRef.name));
    if (strange) return `${what} with envVar ${strange.name} referencing secret.secretName="${strange.valueFrom!.secretKeyRef!.name ?? ''}" ${end} secret`;
    const from = envFrom.find(({ secretRef }) => secretRef && !listed.has(secretRef.name));
    if (from) return `${what} with envFrom referencing secret.secretName="${from.secretRef!.name ?? ''}" ${end} secret`;
  }
  const pull = new Set((account.imagePullSecrets ?? []).map(({ name }) => name));
  const at = (spec.imagePullSecrets ?? []).findIndex(({ name }) => !pull.has(name));
  return at < 0 ? undefined : `imagePullSecrets[${at}].name="${spec.imagePullSecrets![at]!.name ?? ''}" ${end} imagePullSecret`;
}

interface Named {
  /** 'container web' */
  readonly what: string;
  readonly env: readonly EnvVar[];
  readonly envFrom: readonly EnvFromSource[];
}

const containersOf = (noun: string, containers: readonly Container[] = []): readonly Named[] =>
  containers.map(({ name, env = [], envFrom = [] }) => ({ what: `${noun} ${name}`, env, envFrom }));
