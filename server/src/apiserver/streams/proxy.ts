// pods/NAME/proxy, services/NAME/proxy, nodes/NAME/proxy: the API server as a way in.
import { badRequest, notFound } from '../../cluster/registry/answers.ts';
import { utf8 } from '../../cluster/containers/bytes.ts';
import { endpointsOf, type HttpAnswer } from '../../cluster/containers/network.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import { quote } from '../../kube/quote.ts';
import type { Node, Pod, Service } from '../../schema/generated/types.ts';
import { refusal, text, type Answer } from '../answer.ts';
import type { ResourcePath } from '../path.ts';
import type { HttpRequest } from '../request.ts';
import type { Server } from '../resources/resource.ts';

interface Target {
  readonly namespace: string;
  readonly pod: string;
  readonly port: number;
}

export function answerProxy(server: Server, request: HttpRequest, path: ResourcePath): Answer {
  const id = splitId(path.name!);
  if (!id) return refusal(badRequest(`invalid ${path.resource.slice(0, -1)} request ${quote(path.name!)}`));
  if (path.resource === 'nodes') return answerNode(server, path, id.name);
  const target = path.resource === 'services' ? serviceTarget(server, path.namespace!, id) : podTarget(server, path.namespace!, id);
  if (isStatus(target)) return refusal(target);
  const search = request.query.toString();
  const call = {
    method: request.method,
    path: utf8(`/${path.rest ?? ''}${search === '' ? '' : `?${search}`}`),
    host: target.pod,
    userAgent: request.userAgent || '-',
    body: request.body.toString('latin1'),
    from: '172.18.0.1',
  };
  const answer = server.containers.http({ namespace: target.namespace, pod: target.pod }, target.port, call);
  if (answer && isStatus(answer)) return refusal(answer);
  return answer ? replyOf(answer) : refusal(unreachable(server, target));
}

const replyOf = ({ code, type, body }: HttpAnswer): Answer => ({ code, type, body: Buffer.from(body, 'latin1') });

/** 'name', 'name:port' or 'scheme:name:port'. */
function splitId(text: string): { readonly name: string; readonly port: string } | undefined {
  const parts = text.split(':');
  if (parts.length === 1) return { name: text, port: '' };
  const [name, port] = parts.length === 2 ? parts : parts.length === 3 && ['http', 'https', ''].includes(parts[0]!) ? parts.slice(1) : [];
  return name ? { name, port: port ?? '' } : undefined;
}

function podTarget({ store }: Server, namespace: string, { name, port }: { readonly name: string; readonly port: string }): Target | Status {
  const pod = store.get<Pod>('pods', namespace, name);
  if (!pod) return notFound({ group: '', resource: 'pods' }, name);
  const declared = pod.spec.containers.flatMap(({ ports = [] }) => ports)[0]?.containerPort ?? 80;
  if (!pod.status.podIP) return badRequest('address not allowed');
  return { namespace, pod: name, port: port === '' ? declared : Number(port) || 0 };
}

/** A port is meant by its name, its number, or as the only one. */
function serviceTarget({ store }: Server, namespace: string, { name, port }: { readonly name: string; readonly port: string }): Target | Status {
  const service = store.get<Service>('services', namespace, name);
  if (!service) return notFound({ group: '', resource: 'services' }, name);
  const { ports = [] } = service.spec;
  const wanted =
    port === '' ? (ports.length === 1 ? ports[0] : ports.find((one) => !one.name)) : ports.find((one) => one.name === port || String(one.port) === port);
  const [first] = wanted ? endpointsOf(store, service, wanted) : [];
  if (!first) return failure(503, 'ServiceUnavailable', `no endpoints available for service ${quote(name)}`);
  return { namespace, pod: first.pod.metadata.name, port: first.port };
}

function unreachable({ store }: Server, { namespace, pod, port }: Target): Status {
  const ip = store.get<Pod>('pods', namespace, pod)?.status.podIP;
  return failure(503, 'ServiceUnavailable', `error trying to reach service: dial tcp ${ip}:${port}: connect: connection refused`);
}

/** What a kubelet tells everybody. */
function answerNode({ store }: Server, { rest = '' }: ResourcePath, name: string): Answer {
  if (!store.get<Node>('nodes', undefined, name)) return refusal(notFound({ group: '', resource: 'nodes' }, name));
  if (rest === 'healthz') return text(200, 'ok');
  if (rest !== 'pods') return text(404, '404 page not found\n');
  const pods = ([...store.collection('pods').values()] as Pod[]).filter(({ spec }) => spec.nodeName === name);
  return { code: 200, type: 'application/json', body: JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items: pods }) };
}
