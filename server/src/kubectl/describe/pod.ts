import type { Container, Pod } from '../../schema/generated/types.ts';
import { containerLines, resourceLines } from './containers.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, dateText, indent, labelLines, none, sinceText, type Lines } from './lines.ts';
import { spreadLines, tolerationLines } from './pod-template.ts';
import { controllerLines } from './replica-set.ts';
import { volumeLines } from './volumes.ts';

export const describePod: Describer<Pod> = (pod, around) => {
  const { spec, status } = pod;
  return [
    ...headLines(pod),
    ...statusLines(pod, around.now),
    `IP:\t${status.podIP ?? ''}`,
    ...(status.podIPs?.length ? ['IPs:', ...status.podIPs.map(({ ip }) => `  IP:\t${ip}`)] : [`IPs:\t${none}`]),
    ...controllerLines(pod),
    ...(status.nominatedNodeName ? [`NominatedNodeName:\t${status.nominatedNodeName}`] : []),
    ...(spec.resources ? ['Resources:', ...indent(resourceLines(spec.resources))] : []),
    ...(spec.initContainers?.length
      ? containerLines(spec.initContainers, { title: 'Init Containers', statuses: status.initContainerStatuses ?? [], pod })
      : []),
    ...containerLines(spec.containers, { title: 'Containers', statuses: status.containerStatuses ?? [], pod }),
    ...(spec.ephemeralContainers?.length
      ? containerLines(spec.ephemeralContainers as readonly Container[], {
          title: 'Ephemeral Containers',
          statuses: status.ephemeralContainerStatuses ?? [],
          pod,
        })
      : []),
    ...gateLines(pod),
    ...(status.conditions?.length
      ? ['Conditions:', '  Type\tStatus', ...status.conditions.map((condition) => `  ${condition.type} \t${condition.status} `)]
      : []),
    ...volumeLines(spec.volumes),
    `QoS Class:\t${status.qosClass ?? ''}`,
    ...labelLines('Node-Selectors', spec.nodeSelector),
    ...tolerationLines('Tolerations', spec.tolerations),
    ...spreadLines(spec.topologySpreadConstraints),
    // A pod's events are looked for by name and uid alone.
    ...eventLines(eventsAbout({ ...pod, kind: '' }, around), around.now),
  ];
};

function headLines({ metadata, spec, status }: Pod): Lines {
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...(spec.priority === undefined ? [] : [`Priority:\t${spec.priority}`]),
    ...(spec.priorityClassName ? [`Priority Class Name:\t${spec.priorityClassName}`] : []),
    ...(spec.runtimeClassName ? [`Runtime Class Name:\t${spec.runtimeClassName}`] : []),
    ...(spec.serviceAccountName ? [`Service Account:\t${spec.serviceAccountName}`] : []),
    `Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : none}`,
    ...(status.startTime ? [`Start Time:\t${dateText(status.startTime)}`] : []),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
  ];
}

function statusLines({ metadata, spec, status }: Pod, now: number): Lines {
  const terminating = metadata.deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded';
  const profile = spec.securityContext?.seccompProfile;
  return [
    ...(terminating
      ? [
          `Status:\tTerminating (lasts ${sinceText(metadata.deletionTimestamp, now)})`,
          `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`,
        ]
      : [`Status:\t${status.phase ?? ''}`]),
    ...(status.reason ? [`Reason:\t${status.reason}`] : []),
    ...(status.message ? [`Message:\t${status.message}`] : []),
    ...(profile ? [`SeccompProfile:\t${profile.type}`] : []),
    ...(profile?.type === 'Localhost' ? [`LocalhostProfile:\t${profile.localhostProfile ?? ''}`] : []),
  ];
}

function gateLines({ spec, status }: Pod): Lines {
  if (!spec.readinessGates?.length) return [];
  const statusOf = (type: string) => status.conditions?.find((condition) => condition.type === type)?.status ?? none;
  return ['Readiness Gates:', '  Type\tStatus', ...spec.readinessGates.map(({ conditionType }) => `  ${conditionType} \t${statusOf(conditionType)} `)];
}
