// kubectl expose: a Service for the pods of a workload, of another Service, or of a pod.
import type { KubeObject, StringMap } from '../../kube/object.ts';
import type { PodSpec, Service } from '../../schema/generated/types.ts';
import { command, type Outcome } from '../command.ts';
import { text, type Values } from '../flags.ts';
import { isProblem, problem, together, type Problem } from '../problem.ts';
import { fileFlags, resolve, type Found } from '../targets.ts';
import { createMade, makeFlags, type Made } from './create/made.ts';
import { overridden } from './overrides.ts';
import { podSpecOf } from './pod-specs.ts';

const flags = {
  ...fileFlags,
  port: text(),
  'target-port': text(),
  protocol: text(),
  type: text(),
  name: text(),
  selector: text(),
  labels: text('l'),
  'external-ip': text(),
  'cluster-ip': text(),
  'load-balancer-ip': text(),
  'session-affinity': text(),
  overrides: text(),
  'override-type': text(undefined, 'merge'),
  ...makeFlags,
  'field-manager': text(undefined, 'kubectl-expose'),
} as const;

type ExposeFlags = Values<typeof flags>;

export const expose = command(flags, (session, { flags, words }): Outcome => {
  if (flags.type !== '' && !['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'].includes(flags.type))
    return problem(`invalid service type: ${flags.type}`);
  const resolved = resolve(words, { filename: flags.filename, recursive: flags.recursive, kustomize: flags.kustomize }, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    const made = serviceFor(found, flags);
    const failed = isProblem(made) ? made : createMade(made, flags, session, { operation: 'exposed' });
    if (failed) problems.push(failed);
  }
  return together(problems);
});

function serviceFor({ kind, name: source, object }: Found, flags: ExposeFlags): Made | Problem {
  if (!exposable.has(object.kind)) return problem(`cannot expose a ${kind.kind}`);
  const selector = flags.selector === '' ? selectorOf(object) : pairsOf(flags.selector);
  if (isProblem(selector)) return selector;
  const ports: readonly Port[] = flags.port === '' ? portsOf(object) : flags.port.split(',').map((port) => ({ port: Number(port) }));
  if (ports.length === 0) return problem("couldn't find port via --port flag or introspection");
  const many = ports.length > 1;
  const target = flags['target-port'];
  const labels = flags.labels === '' ? (object.metadata.labels ?? {}) : pairsOf(flags.labels);
  const headless = flags['cluster-ip'] === 'None';
  const made: Made = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: flags.name || source, ...(Object.keys(labels).length > 0 && { labels }) },
    spec: {
      ports: ports.map((each, i) => ({
        ...(many && { name: `port-${i + 1}` }),
        port: each.port,
        protocol: flags.protocol || each.protocol || 'TCP',
        targetPort: target === '' ? each.port : /^\d+$/.test(target) ? Number(target) : target,
      })),
      selector,
      ...(flags.type !== '' && { type: flags.type }),
      ...(flags['external-ip'] !== '' && { externalIPs: [flags['external-ip']] }),
      ...(flags['cluster-ip'] !== '' && { clusterIP: headless ? 'None' : flags['cluster-ip'] }),
      ...(flags['load-balancer-ip'] !== '' && flags.type === 'LoadBalancer' && { loadBalancerIP: flags['load-balancer-ip'] }),
      ...(flags['session-affinity'] !== '' && { sessionAffinity: flags['session-affinity'] }),
    },
    status: { loadBalancer: {} },
  };
  return overridden(made, flags);
}

const exposable = new Set(['ReplicationController', 'Service', 'Pod', 'Deployment', 'ReplicaSet']);

function selectorOf(object: KubeObject): StringMap | Problem {
  if (object.kind === 'Pod') {
    const { labels } = object.metadata;
    return labels && Object.keys(labels).length > 0
      ? labels
      : problem("couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed");
  }
  const { selector } = (object as { spec?: { selector?: StringMap | { matchLabels?: StringMap; matchExpressions?: readonly unknown[] } } }).spec ?? {};
  if (object.kind === 'Service' || object.kind === 'ReplicationController') return (selector as StringMap | undefined) ?? {};
  const { matchLabels = {}, matchExpressions = [] } = (selector ?? {}) as { matchLabels?: StringMap; matchExpressions?: readonly unknown[] };
  if (matchExpressions.length > 0)
    return problem(
      `couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions - "${JSON.stringify(matchExpressions)}" to map-based selector format`,
    );
  return matchLabels;
}

interface Port {
  readonly port: number;
  readonly protocol?: string;
}

function portsOf(object: KubeObject): readonly Port[] {
  if (object.kind === 'Service') return ((object as Service).spec.ports ?? []).map(({ port, protocol }) => ({ port, ...(protocol && { protocol }) }));
  const containers = (podSpecOf(object) as PodSpec | undefined)?.containers ?? [];
  return containers.flatMap(({ ports = [] }) => ports.map(({ containerPort, protocol }) => ({ port: containerPort, ...(protocol && { protocol }) })));
}

const pairsOf = (text: string): StringMap => Object.fromEntries(text.split(',').map((pair) => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]));
