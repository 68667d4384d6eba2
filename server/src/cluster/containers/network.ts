// The network as a container sees it: names, addresses, and who answers HTTP there. Services lead to the ready pods that they select.
import type { Container, Node, Pod, Service, ServicePort } from '../../schema/generated/types.ts';
import type { Reader } from '../runtime/reader.ts';
import { listenedPorts } from './images.ts';

export interface HttpCall {
  readonly method: string;
  /** With its query: '/healthz?full=1'. */
  readonly path: string;
  readonly host: string;
  readonly userAgent: string;
  readonly body: string;
  /** The address of who asks. */
  readonly from: string;
}

export interface HttpAnswer {
  readonly code: number;
  readonly type: string;
  readonly body: string;
}

/** Why there is no answer. */
export type NoAnswer = 'unknown-host' | 'refused' | 'timed-out';

/** Answers for a container. */
export type Responder = (pod: Pod, container: Container, port: number, call: HttpCall) => HttpAnswer;

export interface Endpoint {
  readonly pod: Pod;
  readonly port: number;
}

export class Network {
  readonly #reader: Reader;
  readonly #pod: Pod;
  readonly #respond: Responder;
  readonly #turn: () => number;

  /** `turn`: counts up, so that the pods of a service take turns. */
  constructor(reader: Reader, pod: Pod, respond: Responder, turn: () => number) {
    this.#reader = reader;
    this.#pod = pod;
    this.#respond = respond;
    this.#turn = turn;
  }

  /** The addresses of a name, as the cluster's DNS has it; none when it does not know it. */
  lookup(host: string): readonly string[] {
    if (/^\d+(?:\.\d+){3}$/.test(host)) return [host];
    if (host === 'localhost') return ['127.0.0.1'];
    if (host === this.#pod.metadata.name && this.#pod.status.podIP) return [this.#pod.status.podIP];
    const service = this.#serviceNamed(host);
    if (!service) return this.#podNamed(host);
    const { clusterIP } = service.spec;
    if (clusterIP && clusterIP !== 'None') return [clusterIP];
    return readyPods(this.#reader, service).map((pod) => pod.status.podIP!);
  }

  /** The full name of a service for nslookup: 'web.default.svc.cluster.local'. */
  fullName(host: string): string {
    const service = this.#serviceNamed(host);
    return service ? `${service.metadata.name}.${service.metadata.namespace}.svc.cluster.local` : host;
  }

  request(port: number, call: HttpCall): HttpAnswer | NoAnswer {
    const [address] = this.lookup(call.host);
    if (address === undefined) return 'unknown-host';
    const target = this.#endpoint(address, port);
    if (target === apiServer) return { code: 400, type: 'text/plain', body: 'Client sent an HTTP request to an HTTPS server.\n' };
    if (typeof target === 'string') return target;
    return answerOf(target, call, this.#respond) ?? 'refused';
  }

  /** Whether something listens there. */
  connect(host: string, port: number): NoAnswer | undefined {
    const [address] = this.lookup(host);
    if (address === undefined) return 'unknown-host';
    const target = this.#endpoint(address, port);
    if (target === apiServer) return undefined;
    if (typeof target === 'string') return target;
    return listenerOf(target) ? undefined : 'refused';
  }

  #endpoint(address: string, port: number): Endpoint | NoAnswer | typeof apiServer {
    if (address.startsWith('127.') || address === this.#pod.status.podIP) return { pod: this.#pod, port };
    for (const service of this.#services()) {
      const hit = addressesOf(service).includes(address) ? service.spec.ports?.find((one) => one.port === port) : undefined;
      if (hit) return isApiServer(service) ? apiServer : (this.#chosen(service, hit) ?? 'refused');
      if (addressesOf(service).includes(address)) return 'timed-out';
    }
    for (const pod of this.#pods()) if (pod.status.podIP === address && isAlive(pod)) return { pod, port };
    const node = [...this.#reader.collection('nodes').values()].find((one) => (one as Node).status?.addresses?.some((known) => known.address === address));
    if (!node) return 'timed-out';
    for (const service of this.#services()) {
      const hit = service.spec.ports?.find((one) => one.nodePort === port);
      if (hit) return this.#chosen(service, hit) ?? 'refused';
    }
    return 'refused';
  }

  #chosen(service: Service, port: ServicePort): Endpoint | undefined {
    const ready = endpointsOf(this.#reader, service, port);
    return ready[this.#turn() % Math.max(1, ready.length)];
  }

  #serviceNamed(host: string): Service | undefined {
    const parts = host.replace(/\.$/, '').split('.');
    const [name = '', namespace = this.#pod.metadata.namespace ?? '', svc = 'svc', ...zone] = parts;
    if (svc !== 'svc' || (zone.length > 0 && zone.join('.') !== 'cluster.local')) return undefined;
    return this.#reader.get<Service>('services', namespace, name);
  }

  /** web-0.web: a pod of a headless service by its host name. */
  #podNamed(host: string): readonly string[] {
    const [name = '', ...rest] = host.split('.');
    const service = rest.length > 0 ? this.#serviceNamed(rest.join('.')) : undefined;
    if (!service) return [];
    const pod = this.#reader.get<Pod>('pods', service.metadata.namespace, name);
    return pod?.spec.subdomain === service.metadata.name && pod.status.podIP ? [pod.status.podIP] : [];
  }

  #services = (): Iterable<Service> => this.#reader.collection('services').values() as Iterable<Service>;
  #pods = (): Iterable<Pod> => this.#reader.collection('pods').values() as Iterable<Pod>;
}

const apiServer = 'api-server';
const isApiServer = ({ metadata }: Service) => metadata.namespace === 'default' && metadata.name === 'kubernetes';

const addressesOf = ({ spec }: Service): readonly string[] => [...(spec.clusterIP ? [spec.clusterIP] : []), ...(spec.externalIPs ?? [])];

const isAlive = ({ status }: Pod) => status.phase === 'Running';

const isReady = ({ status, metadata }: Pod): boolean =>
  metadata.deletionTimestamp === undefined && (status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false);

/** The ready pods that a service selects, by name. */
function readyPods(reader: Reader, { metadata, spec }: Service): readonly Pod[] {
  const wanted = Object.entries(spec.selector ?? {});
  if (wanted.length === 0) return [];
  const pods = [...reader.collection('pods').values()] as Pod[];
  return pods
    .filter((pod) => pod.metadata.namespace === metadata.namespace && wanted.every(([key, value]) => pod.metadata.labels?.[key] === value))
    .filter((pod) => pod.status.podIP !== undefined && (spec.publishNotReadyAddresses || isReady(pod)))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

export function endpointsOf(reader: Reader, service: Service, { port, targetPort }: ServicePort): readonly Endpoint[] {
  return readyPods(reader, service).flatMap((pod) => {
    const number = typeof targetPort === 'string' ? portNamed(pod, targetPort) : (targetPort ?? port);
    return number === undefined ? [] : [{ pod, port: number }];
  });
}

function portNamed({ spec }: Pod, name: string): number | undefined {
  return spec.containers.flatMap(({ ports = [] }) => ports).find((port) => port.name === name)?.containerPort;
}

/** The container that listens there; undefined: the connection is refused. */
export function listenerOf({ pod, port }: Endpoint): Container | undefined {
  if (!isAlive(pod)) return undefined;
  const running = pod.spec.containers.filter(({ name }) => pod.status.containerStatuses?.some((status) => status.name === name && status.state?.running));
  return running.find((container) => listenedPorts(container)?.includes(port)) ?? running.find((container) => listenedPorts(container) === undefined);
}

/** What the pod answers at that port; undefined: nothing listens. */
export function answerOf(endpoint: Endpoint, call: HttpCall, respond: Responder): HttpAnswer | undefined {
  const container = listenerOf(endpoint);
  return container && respond(endpoint.pod, container, endpoint.port, call);
}
