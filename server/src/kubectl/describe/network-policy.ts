import { formatLabelSelector } from '../../kube/label-selector.ts';
import { parseTime } from '../../kube/time.ts';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../schema/generated/types.ts';
import type { Describer } from './describer.ts';
import { annotationLines, labelLines, none, type Lines } from './lines.ts';

export const describeNetworkPolicy: Describer<NetworkPolicy> = ({ metadata, spec }) => {
  const { podSelector = {}, policyTypes = [] } = spec ?? {};
  const everyPod = Object.keys(podSelector.matchLabels ?? {}).length === 0 && (podSelector.matchExpressions ?? []).length === 0;
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    `Created on:\t${goTime(metadata.creationTimestamp)}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    'Spec:',
    `  PodSelector:     ${everyPod ? `${none} (Allowing the specific traffic to all pods in this namespace)` : formatLabelSelector(podSelector)}`,
    ...(policyTypes.includes('Ingress')
      ? [
          '  Allowing ingress traffic:',
          ...ruleLines(
            (spec?.ingress ?? []).map(({ ports, from }) => ({ ports, peers: from })),
            'From',
            'source',
            'ingress',
          ),
        ]
      : ['  Not affecting ingress traffic']),
    ...(policyTypes.includes('Egress')
      ? [
          '  Allowing egress traffic:',
          ...ruleLines(
            (spec?.egress ?? []).map(({ ports, to }) => ({ ports, peers: to })),
            'To',
            'destination',
            'egress',
          ),
        ]
      : ['  Not affecting egress traffic']),
    `  Policy Types: ${policyTypes.join(', ') || none}`,
  ];
};

/** Go's time.String(): '2026-01-02 03:04:05 +0000 UTC'. */
function goTime(timestamp: string | undefined): string {
  const at = parseTime(timestamp);
  return at === undefined ? '<unknown>' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}

interface Rule {
  readonly ports: readonly NetworkPolicyPort[] | undefined;
  readonly peers: readonly NetworkPolicyPeer[] | undefined;
}

function ruleLines(rules: readonly Rule[], side: 'From' | 'To', what: string, direction: string): Lines {
  if (rules.length === 0) return [`    ${none} (Selected pods are isolated for ${direction} connectivity)`];
  return rules.flatMap(({ ports = [], peers = [] }, i) => [
    ...(ports.length === 0 ? ['    To Port: <any> (traffic allowed to all ports)'] : ports.map(portLine)),
    ...(peers.length === 0 ? [`    ${side}: <any> (traffic not restricted by ${what})`] : peers.flatMap((peer) => peerLines(peer, side))),
    ...(i < rules.length - 1 ? ['    ----------'] : []),
  ]);
}

const portLine = ({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort) =>
  endPort === undefined ? `    To Port: ${port ?? '<nil>'}/${protocol}` : `    To Port Range: ${port ?? '<nil>'}-${endPort}/${protocol}`;

function peerLines({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, side: string): Lines {
  const selectors = [
    ...(namespaceSelector ? [`      NamespaceSelector: ${formatLabelSelector(namespaceSelector)}`] : []),
    ...(podSelector ? [`      PodSelector: ${formatLabelSelector(podSelector)}`] : []),
  ];
  const block = ipBlock ? ['      IPBlock:', `        CIDR: ${ipBlock.cidr}`, `        Except: ${(ipBlock.except ?? []).join(', ')}`] : [];
  return [`    ${side}:`, ...(selectors.length > 0 ? selectors : block)];
}
