// The pods of a Service that traffic can be sent to, and on which ports.
import type { Node, Pod, Service, ServicePort } from '../../../schema/generated/types.ts';
import { isFinished, readyCondition } from '../../store/pod-facts.ts';
import type { Reader } from '../../runtime/reader.ts';

/** A port of the Service, as this pod has it. */
export interface Port {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

export interface Candidate {
  readonly pod: Pod;
  readonly ip: string;
  readonly ports: readonly Port[];
  readonly zone: string | undefined;
  readonly isReady: boolean;
  readonly isTerminating: boolean;
}

/** Pods with an address that still run. */
export function candidatesOf(service: Service, podKeys: Iterable<string>, reader: Reader): readonly Candidate[] {
  const pods = reader.collection('pods') as ReadonlyMap<string, Pod>;
  const candidates: Candidate[] = [];
  for (const key of podKeys) {
    const pod = pods.get(key);
    if (!pod?.status.podIP || isFinished(pod)) continue;
    const node = pod.spec.nodeName ? reader.get<Node>('nodes', undefined, pod.spec.nodeName) : undefined;
    candidates.push({
      pod,
      ip: pod.status.podIP,
      ports: (service.spec.ports ?? []).flatMap((port) => portOf(port, pod) ?? []),
      zone: node?.metadata.labels?.['topology.kubernetes.io/zone'],
      isReady: readyCondition(pod)?.status === 'True',
      isTerminating: pod.metadata.deletionTimestamp !== undefined,
    });
  }
  return candidates;
}

/** Undefined when the pod has no port of the name that the Service asks for. */
function portOf({ name = '', protocol = 'TCP', port, targetPort, appProtocol }: ServicePort, { spec }: Pod): Port | undefined {
  const found = typeof targetPort === 'string' ? namedPort(spec, targetPort, protocol) : targetPort || port;
  return found === undefined ? undefined : { name, port: found, protocol, ...(appProtocol !== undefined && { appProtocol }) };
}

function namedPort({ containers, initContainers = [] }: Pod['spec'], name: string, protocol: string): number | undefined {
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const all = [...(containers ?? []), ...sidecars].flatMap(({ ports }) => ports ?? []);
  return all.find((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)?.containerPort;
}

/** A pod that its Service gives a name in DNS. */
export const hostnameOf = ({ metadata, spec }: Pod, service: Service): string | undefined =>
  spec.hostname && spec.subdomain === service.metadata.name && metadata.namespace === service.metadata.namespace ? spec.hostname : undefined;

export const targetOf = ({ metadata: { namespace = '', name, uid } }: Pod) => ({ kind: 'Pod', namespace, name, uid });

export const headlessLabel = 'service.kubernetes.io/headless';

export const isAddressless = ({ spec: { clusterIP } }: Service): boolean => !clusterIP || clusterIP === 'None';

/** RFC 3339: when the change happened that is written down here. */
export const triggerAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';
