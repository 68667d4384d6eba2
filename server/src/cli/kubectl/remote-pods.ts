// Logs and commands of pods over the API: a log is the body of an answer, a command speaks over a WebSocket (v5.channel.k8s.io).
import type { OutgoingHttpHeaders } from 'node:http';
import { get } from 'node:https';
import { WebSocket, type RawData } from 'ws';
import type { Access } from '../../apiserver/kubeconfig.ts';
import type { User } from '../../cluster/authentication/user.ts';
import type { PodPlace } from '../../cluster/containers/choose-container.ts';
import type { ExecOptions } from '../../cluster/containers/containers.ts';
import type { LogOptions } from '../../cluster/containers/log/options.ts';
import { formatTime } from '../../kube/time.ts';
import { failure, isStatus, type Status } from '../../kube/status.ts';
import type { PodAccess, Reading, Running } from '../../kubectl/pods.ts';
import { refusedConnection } from './caller.ts';
import { impersonation } from './remote.ts';

/** `changed`: called whenever there is something new to read. */
export class RemotePods implements PodAccess {
  readonly #access: Caller;
  readonly #changed: () => void;

  constructor(access: Caller, changed: () => void) {
    this.#access = access;
    this.#changed = changed;
  }

  log(place: PodPlace, { sinceTime, ...options }: LogOptions): Reading {
    const query = queryOf({ ...options, ...(sinceTime !== undefined && { sinceTime: formatTime(sinceTime) }) });
    return new RemoteLog(this.#access, `${pathOf(place, 'log')}?${query}`, this.#changed);
  }

  exec(place: PodPlace, { command, ...options }: ExecOptions): Running {
    const query = streams(options);
    for (const word of command) query.append('command', word);
    return new RemoteProcess(this.#access, `${pathOf(place, 'exec')}?${query}`, this.#changed);
  }

  attach(place: PodPlace, options: Omit<ExecOptions, 'command'>): Running {
    return new RemoteProcess(this.#access, `${pathOf(place, 'attach')}?${streams(options)}`, this.#changed);
  }
}

const streams = ({ container, stdin = false, tty = false }: Omit<ExecOptions, 'command'>) => queryOf({ container, stdin, stdout: true, stderr: !tty, tty });

export const pathOf = ({ namespace, pod }: PodPlace, what: string): string =>
  `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/${what}`;

function queryOf(values: Readonly<Record<string, string | number | boolean | undefined>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== '' && value !== false) query.set(name, String(value));
  return query;
}

/** Who reaches the server, and as whom. */
export interface Caller extends Access {
  /** With --as. */
  readonly user?: User | undefined;
}

/** How the server is reached beside the address. */
export const credentials = ({ certificate, token, user }: Caller) => ({
  ca: certificate,
  headers: { authorization: `Bearer ${token}`, ...(user && impersonation(user)) } as OutgoingHttpHeaders,
});

/** What an answer that is none says: the server's own Status where it gave one. */
export function statusIn(code: number, body: string): Status {
  try {
    const parsed = JSON.parse(body) as unknown;
    if (isStatus(parsed)) return parsed;
  } catch {
    // Not of a Kubernetes API, which says everything in JSON.
  }
  return failure(code, 'Unknown', body.trim().slice(0, 1_000) || `the server answers ${code}`);
}

class RemoteLog implements Reading {
  readonly wakeAt = undefined;
  isOver = false;
  problem: Status | undefined;
  #unread = '';

  constructor(access: Caller, path: string, changed: () => void) {
    const end = (problem?: Status): void => {
      if (this.isOver) return;
      this.problem = problem;
      this.isOver = true;
      changed();
    };
    const request = get(`${access.server}${path}`, credentials(access), (response) => {
      const isLog = response.statusCode === 200;
      let refused = '';
      response.setEncoding('latin1').on('data', (bytes: string) => {
        if (isLog) this.#unread += bytes;
        else refused += bytes;
        changed();
      });
      response.on('end', () => end(isLog ? undefined : statusIn(response.statusCode ?? 0, refused)));
      response.on('error', () => end());
    });
    request.on('error', (error) => end(failure(0, '', refusedConnection(error, access.server))));
  }

  read(): string {
    const unread = this.#unread;
    this.#unread = '';
    return unread;
  }
}

const channels = { stdin: 0, stdout: 1, stderr: 2, error: 3, close: 255 } as const;

class RemoteProcess implements Running {
  readonly wakeAt = undefined;
  exitCode: number | undefined;
  problem: Status | undefined;
  readonly #socket: WebSocket;
  readonly #changed: () => void;
  #unread = { stdout: '', stderr: '' };
  /** What is to be sent once the connection is there. */
  #waiting: Buffer[] = [];

  constructor(access: Caller, path: string, changed: () => void) {
    this.#changed = changed;
    this.#socket = new WebSocket(access.server.replace(/^http/, 'ws') + path, ['v5.channel.k8s.io'], credentials(access));
    this.#socket.on('open', () => {
      for (const message of this.#waiting) this.#socket.send(message);
      this.#waiting = [];
    });
    this.#socket.on('message', (data) => this.#receive(data as Exclude<RawData, ArrayBuffer | Buffer[]>));
    this.#socket.on('unexpected-response', (_, response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => this.#end({ problem: statusIn(response.statusCode ?? 0, body) }));
    });
    this.#socket.on('error', (error) => this.#end({ problem: failure(500, 'InternalError', refusedConnection(error, access.server)) }));
    this.#socket.on('close', () => this.#end({ problem: failure(500, 'InternalError', 'the connection was closed before the command ended') }));
  }

  write(bytes: string): void {
    this.#send(channels.stdin, Buffer.from(bytes, 'latin1'));
  }

  endInput(): void {
    this.#send(channels.close, Buffer.from([channels.stdin]));
  }

  advance(): { readonly stdout: string; readonly stderr: string } {
    const unread = this.#unread;
    this.#unread = { stdout: '', stderr: '' };
    return unread;
  }

  kill(): void {
    this.#socket.terminate();
  }

  #send(channel: number, bytes: Buffer): void {
    const message = Buffer.concat([Buffer.from([channel]), bytes]);
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message);
    else this.#waiting.push(message);
  }

  #receive(message: Buffer): void {
    const bytes = message.subarray(1);
    if (message[0] === channels.stdout) this.#unread.stdout += bytes.toString('latin1');
    else if (message[0] === channels.stderr) this.#unread.stderr += bytes.toString('latin1');
    else if (message[0] === channels.error) this.#end(endIn(statusIn(500, bytes.toString())));
    this.#changed();
  }

  #end({ exitCode, problem }: End): void {
    if (this.exitCode !== undefined || this.problem) return;
    this.exitCode = exitCode;
    this.problem = problem;
    this.#changed();
  }
}

interface End {
  readonly exitCode?: number;
  readonly problem?: Status;
}

/** The last word of a command: it went well, it ended with a code, or it could not be had. */
function endIn(status: Status): End {
  if (status.status === 'Success') return { exitCode: 0 };
  const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  return code === undefined ? { problem: status } : { exitCode: Number(code) };
}
