// Ports of this machine that lead to a pod: every connection is a WebSocket of its own (v4.channel.k8s.io, channel 0 data, 1 errors).
import { createServer, type Server, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { PodPlace } from '../../cluster/containers/choose-container.ts';
import type { Forwarding, PortPair } from '../../kubectl/pods.ts';
import { credentials, pathOf, statusIn, type Caller } from './remote-pods.ts';

/** How a channel begins: with the number of its port. */
const portBytes = 2;

export class RemotePorts implements Forwarding {
  problem: string | undefined;
  readonly #access: Caller;
  readonly #place: PodPlace;
  readonly #changed: () => void;
  #said = { stdout: '', stderr: '' };

  constructor(access: Caller, place: PodPlace, ports: readonly PortPair[], addresses: readonly string[], changed: () => void) {
    this.#access = access;
    this.#place = place;
    this.#changed = changed;
    void this.#listenAll(ports, addresses);
  }

  read(): { readonly stdout: string; readonly stderr: string } {
    const said = this.#said;
    this.#said = { stdout: '', stderr: '' };
    return said;
  }

  async #listenAll(ports: readonly PortPair[], addresses: readonly string[]): Promise<void> {
    let open = 0;
    for (const pair of ports) {
      let { local } = pair;
      const errors: string[] = [];
      for (const address of addresses.flatMap((one) => (one === 'localhost' ? ['127.0.0.1', '::1'] : [one]))) {
        const host = address.includes(':') ? `[${address}]` : address;
        try {
          local = await this.#listen(address, local, pair.remote);
          open++;
          this.#say('stdout', `Forwarding from ${host}:${local} -> ${pair.remote}\n`);
        } catch (error) {
          errors.push(`unable to create listener: Error listen tcp${address.includes(':') ? 6 : 4} ${host}:${local}: ${reasonOf(error)}`);
        }
      }
      const isDeaf = errors.length > 0 && errors.length >= addresses.length && !(addresses.includes('localhost') && errors.length < 2);
      if (isDeaf) this.#say('stderr', `Unable to listen on port ${local}: Listeners failed to create with the following errors: [${errors.join(' ')}]\n`);
    }
    if (open > 0) return;
    this.problem = `unable to listen on any of the requested ports: [${ports.map(({ local, remote }) => `{${local} ${remote}}`).join(' ')}]`;
    this.#changed();
  }

  /** The port, once it is open. */
  #listen(address: string, local: number, remote: number): Promise<number> {
    const server: Server = createServer((socket) => {
      this.#say('stdout', `Handling connection for ${local || portOf(server)}\n`);
      this.#connect(socket, remote);
    });
    return new Promise((resolve, reject) => {
      server.on('error', reject);
      server.listen(local, address, () => resolve(portOf(server)));
    });
  }

  #connect(socket: Socket, port: number): void {
    const path = `${pathOf(this.#place, 'portforward')}?ports=${port}`;
    const remote = new WebSocket(this.#access.server.replace(/^http/, 'ws') + path, ['v4.channel.k8s.io'], credentials(this.#access));
    const seen = [0, 0];
    const fail = (text: string) => {
      this.#say('stderr', `error: an error occurred forwarding ${socket.localPort ?? port} -> ${port}: ${text}\n`);
      socket.destroy();
    };
    socket.pause();
    remote.on('open', () => socket.resume());
    remote.on('message', (data: Buffer) => {
      const channel = data[0]!;
      const bytes = data.subarray(1 + Math.max(0, portBytes - seen[channel]!));
      seen[channel]! += data.length - 1;
      if (bytes.length === 0) return;
      if (channel === 0) socket.write(bytes);
      else fail(bytes.toString());
    });
    remote.on('unexpected-response', (_, response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => fail(statusIn(response.statusCode ?? 0, body).message ?? ''));
    });
    remote.on('error', () => socket.destroy());
    remote.on('close', () => socket.end());
    socket.on('data', (bytes) => remote.send(Buffer.concat([Buffer.from([0]), bytes])));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => remote.terminate());
  }

  #say(stream: 'stdout' | 'stderr', text: string): void {
    this.#said[stream] += text;
    this.#changed();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'bind: address already in use',
  EACCES: 'bind: permission denied',
  EADDRNOTAVAIL: 'bind: cannot assign requested address',
};

const reasonOf = (error: unknown): string => reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message;
