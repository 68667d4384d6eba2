// metrics.k8s.io/v1beta1, which `kubectl top` reads: there while the cluster has the APIService of the metrics add-on.
import { parseFieldSelector, matchesFields } from '../../kube/field-selector.ts';
import { matches } from '../../kube/label-selector.ts';
import { parseSelector } from '../../kube/label-selector-text.ts';
import type { KubeObject, StringMap } from '../../kube/object.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import { formatTime, parseTime } from '../../kube/time.ts';
import type { Node, Pod } from '../../schema/generated/types.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { badRequest, methodNotAllowed, noSuchResource } from '../registry/answers.ts';
import type { ApiRequest, ApiResponse, KubeList, RequestOptions } from '../registry/request.ts';
import type { Reader } from '../runtime/reader.ts';
import { containerUsage, nodeUsage, quantitiesOf, windowMs } from './usage.ts';

const group = 'metrics.k8s.io';
const apiVersion = `${group}/v1beta1`;

const kind = (name: string, resource: string, namespaced: boolean): KindInfo => ({
  group,
  version: 'v1beta1',
  apiVersion,
  kind: name,
  resource,
  singular: '',
  namespaced,
  verbs: ['get', 'list'],
  shortNames: [],
  categories: [],
  type: name,
  subresources: [],
});

/** For discovery. */
export const metricsKinds: readonly KindInfo[] = [kind('NodeMetrics', 'nodes', false), kind('PodMetrics', 'pods', true)];

/** What switches the add-on on. */
export const metricsService = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: `v1beta1.${group}`, labels: { 'k8s-app': 'metrics-server' } },
  spec: {
    group,
    version: 'v1beta1',
    groupPriorityMinimum: 100,
    versionPriority: 100,
    insecureSkipTLSVerify: true,
    service: { name: 'metrics-server', namespace: 'kube-system' },
  },
};

export const hasMetrics = (reader: Pick<Reader, 'get'>): boolean =>
  reader.get('apiservices.apiregistration.k8s.io', undefined, metricsService.metadata.name) !== undefined;

/** undefined: the request is not about metrics, or there are none. */
export function answerMetrics(reader: Reader, now: () => number, request: ApiRequest): ApiResponse | undefined {
  if (request.group !== group || !hasMetrics(reader)) return undefined;
  const answer = answerOf(reader, now(), request);
  return isStatus(answer) ? { code: answer.code, body: answer, warnings: [] } : { code: 200, body: answer, warnings: [] };
}

function answerOf(reader: Reader, now: number, { verb, resource, namespace, name, subresource, options = {} }: ApiRequest): KubeObject | KubeList | Status {
  const info = metricsKinds.find((one) => one.resource === resource);
  if (!info || subresource !== undefined || (!info.namespaced && namespace !== undefined)) return noSuchResource();
  if (verb !== 'get' && verb !== 'list') return methodNotAllowed();
  const measure = info.namespaced ? (object: KubeObject) => measurePod(object as Pod, now) : (object: KubeObject) => nodeMetrics(reader, object as Node, now);
  if (verb === 'get') {
    const object = reader.get(resource, namespace, name ?? '');
    return (object && measure(object)) ?? notMeasured(info, namespace, name ?? '');
  }
  const filter = filterOf(options);
  if (isStatus(filter)) return filter;
  const items = [...reader.collection(resource).values()]
    .filter((object) => (namespace === undefined || object.metadata.namespace === namespace) && filter(object))
    .flatMap((object) => measure(object) ?? []);
  return { kind: `${info.kind}List`, apiVersion, metadata: { resourceVersion: '' }, items: items.sort(byName) };
}

/** metrics-server names the singular of its kinds: podmetrics.metrics.k8s.io "default/web" not found. */
function notMeasured(info: KindInfo, namespace: string | undefined, name: string): Status {
  const resource = info.kind.toLowerCase();
  const full = namespace === undefined ? name : `${namespace}/${name}`;
  return failure(404, 'NotFound', `${resource}.${group} "${full}" not found`, { name: full, group, kind: resource });
}

const valueOf = ({ metadata }: KubeObject, field: string) =>
  field === 'metadata.name' ? metadata.name : field === 'metadata.namespace' ? (metadata.namespace ?? '') : '';

function filterOf({ labelSelector = '', fieldSelector = '' }: RequestOptions): ((object: KubeObject) => boolean) | Status {
  const [labels, fields] = [parseSelector(labelSelector), parseFieldSelector(fieldSelector)];
  if ('error' in labels) return badRequest(labels.error);
  if ('error' in fields) return badRequest(fields.error);
  return (object) => matches(labels.selector, object.metadata.labels) && matchesFields(fields.selector, (field) => valueOf(object, field));
}

const byName = ({ metadata: a }: KubeObject, { metadata: b }: KubeObject): number =>
  a.namespace === b.namespace ? (a.name < b.name ? -1 : 1) : (a.namespace ?? '') < (b.namespace ?? '') ? -1 : 1;

export interface MeasuredPod {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  /** RFC 3339. */
  readonly timestamp: string;
  readonly containers: readonly { readonly name: string; readonly usage: StringMap }[];
}

/** A PodMetrics; undefined: it has not run for long enough to be measured. */
export function measurePod(pod: Pod, now: number): (KubeObject & MeasuredPod) | undefined {
  if (!isMeasured(pod, now)) return undefined;
  const { name, namespace, labels } = pod.metadata;
  const running = pod.spec.containers.filter((container) =>
    pod.status.containerStatuses?.some((status) => status.name === container.name && status.state?.running),
  );
  const containers = running.map((container) => ({ name: container.name, usage: quantitiesOf(containerUsage(pod, container, now)) }));
  const metadata = { name, ...(namespace !== undefined && { namespace }), ...(labels && { labels }) };
  return measured('PodMetrics', metadata, now, { containers }) as KubeObject & MeasuredPod;
}

function isMeasured({ status }: Pod, now: number): boolean {
  if (status.phase !== 'Running') return false;
  const started = (status.containerStatuses ?? []).flatMap(({ state }) => parseTime(state?.running?.startedAt) ?? []);
  return started.length > 0 && now - Math.max(...started) >= windowMs;
}

function nodeMetrics(reader: Reader, node: Node, now: number): KubeObject | undefined {
  const isReady = node.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  if (!isReady) return undefined;
  const pods = ([...reader.collection('pods').values()] as Pod[]).filter((pod) => pod.spec.nodeName === node.metadata.name && isMeasured(pod, now));
  const { name, labels } = node.metadata;
  return measured('NodeMetrics', { name, ...(labels && { labels }) }, now, { usage: quantitiesOf(nodeUsage(node, pods, now)) });
}

function measured(kind: string, metadata: { readonly name: string }, now: number, what: object): KubeObject {
  const timestamp = formatTime(Math.floor(now / windowMs) * windowMs);
  return { kind, apiVersion, metadata: { ...metadata, creationTimestamp: formatTime(now) }, timestamp, window: '15s', ...what } as unknown as KubeObject;
}
