// Defaults of pods. Some are given to pods alone and not to templates, so that stored templates do not change with a new version.
import type { Container, Pod, PodSpec, PodStatus, PodTemplateSpec, VolumeMountStatus } from '../../schema/generated/types.ts';
import type { ObjectMeta } from '../../kube/object.ts';
import { filledWith, mapShared, without } from './fill.ts';
import { withPodResources } from './pod-resources.ts';

export const podFillers = {
  Pod(pod: Pod): Pod {
    const spec = fillSpecOfPod(pod.spec);
    const metadata = withoutOldAnnotations(pod.metadata);
    return spec === pod.spec && metadata === pod.metadata ? pod : { ...pod, metadata, spec };
  },

  /** The one address of old clients and the list are told from each other; where they differ, the one is right. */
  PodStatus(sent: PodStatus): PodStatus {
    // Features that are switched off in this version: what is sent is dropped. So with volumeStatus below.
    const status = without(sent, 'nodeAllocatableResourceClaimStatuses');
    const { podIP, podIPs } = status;
    const [first] = podIPs ?? [];
    if (podIP && first?.ip !== podIP) return { ...status, podIPs: [{ ip: podIP }] };
    return first && !podIP ? { ...status, podIP: first.ip } : status;
  },

  VolumeMountStatus: (status: VolumeMountStatus) => without(status, 'volumeStatus'),

  PodTemplateSpec(template: PodTemplateSpec): PodTemplateSpec {
    const metadata = template.metadata && withoutOldAnnotations(template.metadata);
    return metadata === template.metadata ? template : { ...template, metadata };
  },

  PodSpec(spec: PodSpec): PodSpec {
    const account = spec.serviceAccountName || spec.serviceAccount;
    const mirrored = spec.serviceAccount === account ? spec : { ...spec, serviceAccount: account as string };
    const filled = filledWith(mirrored, {
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      schedulerName: 'default-scheduler',
      ...(account && { serviceAccountName: account }),
    });
    // A feature that is switched off in this version: what is sent is dropped.
    return without(filled, 'schedulingGroup');
  },
};

function fillSpecOfPod(spec: PodSpec): PodSpec {
  const withRequests = {
    containers: mapShared(spec.containers, requestLimits) ?? spec.containers,
    initContainers: mapShared(spec.initContainers, requestLimits),
  };
  const ports = spec.hostNetwork ? useHostPorts : (containers: readonly Container[] | undefined) => containers;
  const containers = ports(withRequests.containers) ?? withRequests.containers;
  const initContainers = ports(withRequests.initContainers);
  const isSame = containers === spec.containers && initContainers === spec.initContainers;
  const requesting = isSame ? spec : { ...spec, containers, ...(initContainers && { initContainers }) };
  // Once, negative seconds were let in; they mean "at once".
  const isNegative = (spec.terminationGracePeriodSeconds ?? 0) < 0;
  const positive = isNegative ? { ...requesting, terminationGracePeriodSeconds: 1 } : requesting;
  return filledWith(withPodResources(positive), { enableServiceLinks: true });
}

/** A container that may use so much at most asks for as much, if it says nothing else. */
function requestLimits(container: Container): Container {
  const { limits, requests } = container.resources ?? {};
  if (!limits || Object.keys(limits).every((name) => requests?.[name] !== undefined)) return container;
  return { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } };
}

/** In the host's network a container's ports are the host's. */
function useHostPorts(containers: readonly Container[] | undefined): readonly Container[] | undefined {
  return mapShared(containers, (container) => {
    const ports = mapShared(container.ports, (port) => (port.hostPort ? port : { ...port, hostPort: port.containerPort }));
    return ports === container.ports ? container : { ...container, ...(ports && { ports }) };
  });
}

/** Init containers were annotations once. They are dropped, so that nothing old comes to life. */
const oldAnnotations = ['alpha', 'beta'].flatMap((stage) => ['init-containers', 'init-container-statuses'].map((name) => `pod.${stage}.kubernetes.io/${name}`));

function withoutOldAnnotations<T extends Partial<ObjectMeta>>(metadata: T): T {
  const { annotations } = metadata;
  if (!annotations || !oldAnnotations.some((key) => annotations[key] !== undefined)) return metadata;
  const kept = without(annotations, ...oldAnnotations);
  return Object.keys(kept).length === 0 ? without(metadata, 'annotations') : { ...metadata, annotations: kept };
}
