// The Kubernetes API of the thread's cluster: opened when somebody first asks for it, open until the thread ends.
import type { Backend } from '../apiserver/backend.ts';
import { kubeconfigOf } from '../apiserver/kubeconfig.ts';
import { ApiServer } from '../apiserver/server.ts';

export class ApiFront {
  readonly #backend: Backend;
  #server: Promise<ApiServer> | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** How clients get in, as the text of a kubeconfig. A port that could not be opened is tried again the next time. */
  async kubeconfig(): Promise<string> {
    this.#server ??= ApiServer.start(this.#backend, { port: 0, now: Date.now() });
    try {
      return kubeconfigOf((await this.#server).access);
    } catch (error) {
      this.#server = undefined;
      throw new Error(`The Kubernetes API could not be opened on this machine: ${(error as Error).message}`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await (await this.#server?.catch(() => undefined))?.stop();
  }
}
