// HTTP that waits: the built-in kubectl asks one thing after the other, and needs each answer before it goes on.
// The calls are made in a thread of their own; this one sleeps until the answer is there.
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Access } from '../../apiserver/kubeconfig.ts';
import type { HttpAnswer, HttpCall } from './remote.ts';

/** A call that collects what a watch sends for so long instead of waiting for its end. */
export interface Call extends HttpCall {
  readonly collectMs?: number;
}

export type Reply = HttpAnswer | { readonly error: string };

/** There is nobody at the other end. The message is for people. */
export class Unreachable extends Error {}

export interface CallerData {
  readonly access: Access;
  readonly bell: SharedArrayBuffer;
}

export class Connection {
  readonly #bell = new SharedArrayBuffer(4);
  readonly #calls: MessageChannel['port1'];

  /** `script`: the bundle whose entry is main.ts; in a thread it makes the calls. */
  constructor(script: URL, access: Access) {
    const { port1, port2 } = new MessageChannel();
    this.#calls = port1;
    const workerData: CallerData & { readonly port: typeof port2 } = { access, bell: this.#bell, port: port2 };
    new Worker(script, { workerData, transferList: [port2] }).unref();
    port1.unref();
  }

  call(call: Call): HttpAnswer {
    const rings = new Int32Array(this.#bell);
    Atomics.store(rings, 0, 0);
    this.#calls.postMessage(call);
    Atomics.wait(rings, 0, 0);
    const reply = receiveMessageOnPort(this.#calls)!.message as Reply;
    if ('error' in reply) throw new Unreachable(reply.error);
    return reply;
  }
}
