// As whom containers run, and what they see of /proc and the kernel.
import {
  containersOf,
  containersText,
  namesWhere,
  quoted,
  settersText,
  sortedSet,
  unlessUserNamespace,
  type PodCheck,
  type VersionedCheck,
} from '../check-kind.ts';

const nonRoot: PodCheck = ({ spec, ...pod }) => {
  const own = spec.securityContext?.runAsNonRoot;
  const setters = settersText(
    own === false,
    namesWhere({ ...pod, spec }, ({ securityContext }) => securityContext?.runAsNonRoot === false),
  );
  if (setters !== '') return { reason: 'runAsNonRoot != true', detail: `${setters} must not set securityContext.runAsNonRoot=false` };
  if (own) return undefined;
  const names = namesWhere({ ...pod, spec }, ({ securityContext }) => securityContext?.runAsNonRoot === undefined);
  if (names.length === 0) return undefined;
  return { reason: 'runAsNonRoot != true', detail: `pod or ${containersText(names)} must set securityContext.runAsNonRoot=true` };
};

export const runAsNonRoot: VersionedCheck = {
  id: 'runAsNonRoot',
  level: 'restricted',
  versions: [
    { since: 0, check: nonRoot },
    { since: 35, check: unlessUserNamespace(nonRoot) },
  ],
};

const notUserZero: PodCheck = (pod) => {
  const names = namesWhere(pod, ({ securityContext }) => securityContext?.runAsUser === 0);
  const setters = settersText(pod.spec.securityContext?.runAsUser === 0, names);
  return setters === '' ? undefined : { reason: 'runAsUser=0', detail: `${setters} must not set runAsUser=0` };
};

export const runAsUser: VersionedCheck = {
  id: 'runAsUser',
  level: 'restricted',
  versions: [
    { since: 23, check: notUserZero },
    { since: 35, check: unlessUserNamespace(notUserZero) },
  ],
};

const isUnmasked = (type: string | undefined) => type !== undefined && type !== 'Default';

const maskedProc: PodCheck = (pod) => {
  const names = namesWhere(pod, ({ securityContext }) => isUnmasked(securityContext?.procMount));
  if (names.length === 0) return undefined;
  const types = sortedSet(containersOf(pod).flatMap(({ securityContext }) => (isUnmasked(securityContext?.procMount) ? [securityContext!.procMount!] : [])));
  return { reason: 'procMount', detail: `${containersText(names)} must not set securityContext.procMount to ${quoted(types)}` };
};

export const procMount: VersionedCheck = {
  id: 'procMount',
  level: 'baseline',
  versions: [
    { since: 0, check: maskedProc },
    { since: 35, check: unlessUserNamespace(maskedProc) },
  ],
};

export const procMountRestricted: VersionedCheck = {
  id: 'procMount_restricted',
  level: 'restricted',
  versions: [{ since: 35, check: maskedProc, overrides: 'procMount' }],
};

const safeSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const safeSince27 = [...safeSysctls, 'net.ipv4.ip_local_reserved_ports'];
const keepalive = ['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'];
const safeSince29 = [...safeSince27, ...keepalive];
const safeSince32 = [...safeSince29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

const onlySysctls =
  (safe: readonly string[]): PodCheck =>
  ({ spec }) => {
    const names = (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter((name) => !safe.includes(name));
    return names.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: names.join(', ') };
  };

export const sysctls: VersionedCheck = {
  id: 'sysctls',
  level: 'baseline',
  versions: [
    { since: 0, check: onlySysctls(safeSysctls) },
    { since: 27, check: onlySysctls(safeSince27) },
    { since: 29, check: onlySysctls(safeSince29) },
    { since: 32, check: onlySysctls(safeSince32) },
  ],
};
