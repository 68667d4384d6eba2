// What of a pod violates a level of PodSecurity in one of its versions.
import type { PodLike, Violation, PodCheck, VersionedCheck } from './check-kind.ts';
import { hostNamespaces, hostPathVolumes, hostPorts, hostProbes } from './checks/host.ts';
import { allowPrivilegeEscalation, capabilitiesBaseline, capabilitiesRestricted, privileged, windowsHostProcess } from './checks/privileges.ts';
import { appArmorProfile, seccompBaseline, seccompRestricted, seLinuxOptions } from './checks/profiles.ts';
import { procMount, procMountRestricted, runAsNonRoot, runAsUser, sysctls } from './checks/users.ts';
import { restrictedVolumes } from './checks/volumes.ts';
import type { LevelVersion } from './policy.ts';

/** Baseline first, then restricted, each by id: the order in which violations are told. */
const checks: readonly VersionedCheck[] = [
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbes,
  privileged,
  procMount,
  seLinuxOptions,
  seccompBaseline,
  sysctls,
  windowsHostProcess,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];

const known = new Map<string, readonly PodCheck[]>();

export function violationsOf(policy: LevelVersion, pod: PodLike): readonly Violation[] {
  if (policy.level === 'privileged') return [];
  const key = `${policy.level} ${policy.minor}`;
  let own = known.get(key);
  if (!own) known.set(key, (own = checksOf(policy)));
  return own.map((check) => check(pod)).filter((violation) => violation !== undefined);
}

/** Restricted is baseline and more; a check of it may take the place of a weaker one. */
function checksOf({ level, minor }: LevelVersion): readonly PodCheck[] {
  const current = checks
    .filter((check) => level === 'restricted' || check.level === 'baseline')
    .flatMap(({ id, versions }) => {
      const version = versions.findLast(({ since }) => since <= minor);
      return version ? [{ id, ...version }] : [];
    });
  const overridden = new Set(current.map(({ overrides }) => overrides));
  return current.filter(({ id }) => !overridden.has(id)).map(({ check }) => check);
}

/** `host namespaces (hostNetwork=true), privileged (container "web" must not set securityContext.privileged=true)` */
export const detailsText = (violations: readonly Violation[]): string =>
  violations.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ');

export const reasonsText = (violations: readonly Violation[]): string => violations.map(({ reason }) => reason).join(', ');
