// What a pod may share with its node: nothing.
import type { LifecycleHandler, Probe } from '../../../../../schema/generated/types.ts';
import { containersOf, containersText, namesWhere, plural, quoted, sortedSet, type VersionedCheck } from '../check-kind.ts';

export const hostNamespaces: VersionedCheck = {
  id: 'hostNamespaces',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check({ spec }) {
        const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field]);
        return shared.length === 0 ? undefined : { reason: 'host namespaces', detail: shared.map((field) => `${field}=true`).join(', ') };
      },
    },
  ],
};

export const hostPathVolumes: VersionedCheck = {
  id: 'hostPathVolumes',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check({ spec }) {
        const names = (spec.volumes ?? []).filter(({ hostPath }) => hostPath).map(({ name }) => name);
        return names.length === 0 ? undefined : { reason: 'hostPath volumes', detail: `${plural(names.length, 'volume', 'volumes')} ${quoted(names)}` };
      },
    },
  ],
};

export const hostPorts: VersionedCheck = {
  id: 'hostPorts',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check(pod) {
        const names = namesWhere(pod, ({ ports }) => ports?.some(({ hostPort }) => hostPort) ?? false);
        if (names.length === 0) return undefined;
        const ports = sortedSet(containersOf(pod).flatMap((container) => (container.ports ?? []).flatMap(({ hostPort }) => (hostPort ? [`${hostPort}`] : []))));
        const uses = `${plural(names.length, 'uses', 'use')} ${plural(ports.length, 'hostPort', 'hostPorts')}`;
        return { reason: 'hostPort', detail: `${containersText(names)} ${uses} ${ports.join(', ')}` };
      },
    },
  ],
};

/** A probe of another host would let the kubelet look around in its network. */
export const hostProbes: VersionedCheck = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  versions: [
    {
      since: 34,
      check(pod) {
        const asking = containersOf(pod).map(({ name, livenessProbe, readinessProbe, startupProbe, lifecycle }) => ({
          name,
          hosts: [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop].flatMap(hostsOf),
        }));
        const names = sortedSet(asking.filter(({ hosts }) => hosts.length > 0).map(({ name }) => name));
        if (names.length === 0) return undefined;
        const hosts = sortedSet(asking.flatMap((one) => one.hosts));
        const uses = `${plural(names.length, 'uses', 'use')} ${plural(hosts.length, 'probe or lifecycle host', 'probe or lifecycle hosts')}`;
        return { reason: 'probe or lifecycle host', detail: `${containersText(names)} ${uses} ${quoted(hosts)}` };
      },
    },
  ],
};

const hostsOf = (handler: Probe | LifecycleHandler | undefined): readonly string[] =>
  [handler?.httpGet?.host, handler?.tcpSocket?.host].filter((host) => host !== undefined && host !== '') as string[];
