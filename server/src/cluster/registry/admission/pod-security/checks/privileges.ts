// What a container may do beyond others: privileges and capabilities.
import { containersOf, containersText, namesWhere, quoted, settersText, sortedSet, unlessWindows, type PodCheck, type VersionedCheck } from '../check-kind.ts';

export const privileged: VersionedCheck = {
  id: 'privileged',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check(pod) {
        const names = namesWhere(pod, ({ securityContext }) => securityContext?.privileged === true);
        return names.length === 0 ? undefined : { reason: 'privileged', detail: `${containersText(names)} must not set securityContext.privileged=true` };
      },
    },
  ],
};

const noEscalation: PodCheck = (pod) => {
  const names = namesWhere(pod, ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  if (names.length === 0) return undefined;
  return { reason: 'allowPrivilegeEscalation != false', detail: `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false` };
};

export const allowPrivilegeEscalation: VersionedCheck = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  versions: [
    { since: 8, check: noEscalation },
    { since: 25, check: unlessWindows(noEscalation) },
  ],
};

const usual = new Set('AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' '));

export const capabilitiesBaseline: VersionedCheck = {
  id: 'capabilities_baseline',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check(pod) {
        const added = addedBeyond(pod, (capability) => usual.has(capability));
        return added === undefined ? undefined : { reason: 'non-default capabilities', detail: added };
      },
    },
  ],
};

const dropsAll: PodCheck = (pod) => {
  const silent = namesWhere(pod, ({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'));
  const added = addedBeyond(pod, (capability) => capability === 'NET_BIND_SERVICE');
  const details = [
    ...(silent.length > 0 ? [`${containersText(silent)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...(added === undefined ? [] : [added]),
  ];
  return details.length === 0 ? undefined : { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

function addedBeyond(pod: Parameters<PodCheck>[0], isAllowed: (capability: string) => boolean): string | undefined {
  const beyond = (capabilities: readonly string[] = []) => capabilities.filter((one) => !isAllowed(one));
  const names = namesWhere(pod, ({ securityContext }) => beyond(securityContext?.capabilities?.add).length > 0);
  if (names.length === 0) return undefined;
  const added = sortedSet(containersOf(pod).flatMap(({ securityContext }) => beyond(securityContext?.capabilities?.add)));
  return `${containersText(names)} must not include ${quoted(added)} in securityContext.capabilities.add`;
}

export const capabilitiesRestricted: VersionedCheck = {
  id: 'capabilities_restricted',
  level: 'restricted',
  versions: [
    { since: 22, check: dropsAll, overrides: 'capabilities_baseline' },
    { since: 25, check: unlessWindows(dropsAll), overrides: 'capabilities_baseline' },
  ],
};

export const windowsHostProcess: VersionedCheck = {
  id: 'windowsHostProcess',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check(pod) {
        const names = namesWhere(pod, ({ securityContext }) => securityContext?.windowsOptions?.hostProcess === true);
        const setters = settersText(pod.spec.securityContext?.windowsOptions?.hostProcess === true, names);
        return setters === '' ? undefined : { reason: 'hostProcess', detail: `${setters} must not set securityContext.windowsOptions.hostProcess=true` };
      },
    },
  ],
};
