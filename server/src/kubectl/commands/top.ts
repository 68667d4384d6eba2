// kubectl top: what pods and nodes use, where the metrics add-on is switched on.
import { containersUsage, cpuText, memoryText, sumOf, type PodMetrics, type Usage } from './usage.ts';
import type { KubeObject } from '../../kube/object.ts';
import { parseQuantity, type Quantity } from '../../kube/quantity.ts';
import type { Node } from '../../schema/generated/types.ts';
import { kindOf } from '../../schema/kinds.ts';
import { command, type Command, type Outcome } from '../command.ts';
import { flag, text, type Values } from '../flags.ts';
import { printTable } from '../output/table.ts';
import { isProblem, problem, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';

const flags = {
  selector: text('l'),
  'field-selector': text(),
  'all-namespaces': flag(false, 'A'),
  containers: flag(),
  'no-headers': flag(),
  'sort-by': text(),
  sum: flag(),
  'use-protocol-buffers': flag(true),
  'show-capacity': flag(),
  'show-swap': flag(),
} as const;

type TopFlags = Values<typeof flags>;

export const top = (what: 'nodes' | 'pods'): Command =>
  command(flags, (session, { flags, words }): Outcome => {
    const [name, ...more] = words;
    if (more.length > 0 || (name !== undefined && flags.selector !== '')) return problem(`unexpected arguments: [${words.join(' ')}]`);
    if (flags['sort-by'] !== '' && flags['sort-by'] !== 'cpu' && flags['sort-by'] !== 'memory') return problem('--sort-by accepts only cpu or memory');
    const metrics = metricsOf(what, name, flags, session);
    if (isProblem(metrics)) return metrics;
    if (metrics.length === 0) return problem(what === 'pods' ? `No resources found in ${session.namespace} namespace.` : 'metrics not available yet');
    const sorted = metrics.toSorted((a, b) =>
      flags['sort-by'] === '' ? compare(keyOf(a), keyOf(b)) : amount(b, flags) - amount(a, flags) || compare(keyOf(a), keyOf(b)),
    );
    session.environment.stdout(
      what === 'pods'
        ? podTable(sorted as readonly unknown[] as readonly PodMetrics[], flags)
        : nodeTable(sorted as readonly unknown[] as readonly NodeMetrics[], flags, session),
    );
    return undefined;
  });

interface NodeMetrics extends KubeObject {
  readonly usage: Usage;
}

const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const amount = (metrics: KubeObject, flags: TopFlags) =>
  sumOf('usage' in metrics ? [(metrics as NodeMetrics).usage] : containersUsage(metrics as PodMetrics), flags['sort-by'] as 'cpu');

function metricsOf(resource: 'nodes' | 'pods', name: string | undefined, flags: TopFlags, session: Session): readonly KubeObject[] | Problem {
  const namespace = resource === 'pods' && !flags['all-namespaces'] ? { namespace: session.namespace } : {};
  const options = {
    ...(flags.selector !== '' && { labelSelector: flags.selector }),
    ...(flags['field-selector'] !== '' && { fieldSelector: flags['field-selector'] }),
  };
  const answer = session.send({
    verb: name === undefined ? 'list' : 'get',
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    resource,
    ...namespace,
    ...(name !== undefined && { name }),
    options,
  });
  if (isProblem(answer)) return answer.status?.code === 404 && !answer.status.details?.name ? problem('Metrics API not available') : answer;
  return 'items' in answer ? answer.items : [answer as KubeObject];
}

function podTable(pods: readonly PodMetrics[], flags: TopFlags): string {
  const space = flags['all-namespaces'];
  const rows = pods.flatMap((pod) => {
    const head = [...(space ? [pod.metadata.namespace ?? ''] : []), pod.metadata.name];
    return flags.containers
      ? pod.containers.map(({ name, usage }) => [...head, name, cpuText(sumOf([usage], 'cpu')), memoryText(sumOf([usage], 'memory'))])
      : [[...head, cpuText(sumOf(containersUsage(pod), 'cpu')), memoryText(sumOf(containersUsage(pod), 'memory'))]];
  });
  if (flags.sum) {
    const all = pods.flatMap(containersUsage);
    rows.push(
      [...(space ? [''] : []), ...(flags.containers ? [''] : []), '', '________', '________'],
      [...(space ? [''] : []), ...(flags.containers ? [''] : []), '', cpuText(sumOf(all, 'cpu')), memoryText(sumOf(all, 'memory'))],
    );
  }
  const header = [...(space ? ['NAMESPACE'] : []), ...(flags.containers ? ['POD'] : []), 'NAME', 'CPU(cores)', 'MEMORY(bytes)'];
  return printTable(flags['no-headers'] ? undefined : header, rows);
}

function nodeTable(nodes: readonly NodeMetrics[], flags: TopFlags, session: Session): string {
  const rows = nodes.map(({ metadata, usage }) => {
    const node = session.get(kindOf('v1', 'Node')!, undefined, metadata.name);
    const status = isProblem(node) ? undefined : (node as Node).status;
    const whole = flags['show-capacity'] ? status?.capacity : status?.allocatable;
    const [cpu, memory] = [sumOf([usage], 'cpu'), sumOf([usage], 'memory')];
    return [metadata.name, cpuText(cpu), percentOf(cpu, whole?.['cpu']), memoryText(memory), percentOf(memory, whole?.['memory'])];
  });
  return printTable(flags['no-headers'] ? undefined : ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'], rows);
}

function percentOf(used: number, whole: string | number | undefined): string {
  const parsed: Quantity | { readonly error: string } = parseQuantity(String(whole ?? 0));
  const total = 'error' in parsed ? 0 : sumOf([{ cpu: String(whole), memory: String(whole) }], 'cpu');
  return total === 0 ? '<unknown>' : `${Math.trunc((used / total) * 100)}%`;
}
