// The subresources that stream, or answer with something else than an object: log, exec, attach, portforward, proxy.
import type { Writable } from '../../kube/writable.ts';
import { badRequest, methodNotAllowed, noSuchResource } from '../../cluster/registry/answers.ts';
import { LogReading, type LogOptions } from '../../cluster/containers/log/log-reading.ts';
import type { PodPlace } from '../../cluster/containers/choose-container.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import { parseGoTime } from '../../kube/time.ts';
import type { Pod } from '../../schema/generated/types.ts';
import { refusal, type Answer } from '../answer.ts';
import type { ResourcePath } from '../path.ts';
import type { HttpRequest } from '../request.ts';
import { isTrue } from '../respond/body.ts';
import { integer } from '../resources/options.ts';
import type { Server } from '../resources/resource.ts';
import { answerProxy } from './proxy.ts';
import type { StreamOptions } from './remote.ts';
import type { Runner } from './session.ts';

/** What a connection is turned into when its client asks for it. */
export type Upgrade =
  | {
      readonly kind: 'command';
      readonly options: StreamOptions;
      /** The client is told the exit code. */
      readonly tellsExit: boolean;
      start(): Runner | { readonly startError: string } | Status;
      /** Why it cannot be started: the container does not run. */
      check(): Status | undefined;
    }
  | { readonly kind: 'ports'; readonly place: PodPlace; readonly ports: readonly number[] };

/** undefined: the path is none of these. */
export function answerStream(server: Server, request: HttpRequest, path: ResourcePath): Answer | undefined {
  const { group, resource, namespace, name, subresource } = path;
  if (group !== '' || name === undefined || subresource === undefined) return undefined;
  if (subresource === 'proxy' && (resource === 'nodes' || namespace !== undefined)) return answerProxy(server, request, path);
  if (resource !== 'pods' || namespace === undefined) return undefined;
  if (path.rest !== undefined) return refusal(noSuchResource());
  const place = { namespace, pod: name };
  switch (subresource) {
    case 'log':
      return answerLog(server, request, place);
    case 'exec':
    case 'attach':
      return answerCommand(server, request, place, subresource);
    case 'portforward':
      return answerPortForward(server, request, place);
    default:
      return undefined;
  }
}

function answerLog({ containers, store }: Server, { method, query }: HttpRequest, place: PodPlace): Answer {
  if (method !== 'GET' && method !== 'HEAD') return refusal(methodNotAllowed());
  const options = logOptions(query);
  if (isStatus(options)) return refusal(options);
  const reading = containers.log(place, options);
  if (isStatus(reading)) return refusal(reading);
  // Nobody has it yet who could be asked.
  if (!store.get<Pod>('pods', place.namespace, place.pod)?.spec.nodeName) return { code: 204, type: '', body: '' };
  return options.follow ? { log: reading } : { code: 200, type: 'text/plain', body: Buffer.from(reading.read(), 'latin1') };
}

const flag = (query: URLSearchParams, name: string): boolean => query.has(name) && isTrue(query.get(name) || '1');

function logOptions(query: URLSearchParams): LogOptions | Status {
  const options: Writable<LogOptions> = {};
  const container = query.get('container');
  if (container) options.container = container;
  for (const name of ['follow', 'previous', 'timestamps'] as const) if (flag(query, name)) options[name] = true;
  for (const name of ['sinceSeconds', 'tailLines', 'limitBytes'] as const) {
    const value = integer(query, name);
    if (isStatus(value)) return value;
    if (value !== undefined) options[name] = value;
  }
  const since = query.get('sinceTime');
  if (since) {
    const parsed = parseGoTime(since, 'time');
    if ('error' in parsed) return badRequest(parsed.error);
    options.sinceTime = parsed.ms;
  }
  return options;
}

function answerCommand({ containers }: Server, request: HttpRequest, place: PodPlace, verb: 'exec' | 'attach'): Answer {
  const { method, query } = request;
  if (method !== 'GET' && method !== 'POST') return refusal(methodNotAllowed());
  const container = query.get('container') ?? '';
  const options = { stdin: flag(query, 'stdin'), stdout: flag(query, 'stdout'), stderr: flag(query, 'stderr') && !flag(query, 'tty'), tty: flag(query, 'tty') };
  const command = query.getAll('command');
  const chosen = containers.mayStart(place, container);
  if (isStatus(chosen)) return refusal(chosen);
  if (!request.upgrade) return refusal(badRequest('Upgrade request required'));
  // So far the API server; the rest is the kubelet's.
  if (!options.stdin && !options.stdout && !options.stderr) return refusal(badRequest('you must specify at least 1 of stdin, stdout, stderr'));
  if (verb === 'exec' && command.length === 0) return refusal(badRequest('you must specify at least 1 command for the container'));
  const start = () => {
    const what = { container, stdin: options.stdin, tty: options.tty };
    const begun = verb === 'exec' ? containers.exec(place, { ...what, command }) : containers.attach(place, what);
    return begun instanceof LogReading ? followed(begun) : begun;
  };
  return { upgrade: { kind: 'command', options, tellsExit: verb === 'exec', start, check: () => containers.notRunning(place, container) } };
}

/** What a container writes from now on, as a command that does. */
function followed(reading: LogReading): Runner {
  let exitCode: number | undefined;
  return {
    get exitCode() {
      return exitCode;
    },
    get wakeAt() {
      return reading.wakeAt;
    },
    write() {},
    endInput() {},
    advance() {
      const stdout = reading.read();
      if (reading.isOver) exitCode = 0;
      return { stdout, stderr: '' };
    },
    kill() {},
  };
}

function answerPortForward({ containers }: Server, request: HttpRequest, place: PodPlace): Answer {
  const { method, query } = request;
  if (method !== 'GET' && method !== 'POST') return refusal(methodNotAllowed());
  const chosen = containers.mayConnect(place);
  if (isStatus(chosen)) return refusal(chosen);
  const ports = query
    .getAll('ports')
    .flatMap((text) => text.split(','))
    .map(Number);
  if (ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65_535))
    return refusal(failure(400, 'BadRequest', 'ports must be numbers from 1 to 65535'));
  if (!request.upgrade) return refusal(badRequest('Upgrade request required'));
  return { upgrade: { kind: 'ports', place, ports } };
}
