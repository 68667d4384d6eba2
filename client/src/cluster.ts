// What the client knows of the cluster: the mirrored rows, kept up to date, and the words to speak of them.
import type { Event } from 'vscode';
import { EventEmitter, env, l10n } from 'vscode';
import type { DeploymentRow, Row, TimeState } from '../../server/src/protocol/cluster-view.ts';
import type { MirrorChange } from './cluster-mirror.ts';
import { ClusterMirror } from './cluster-mirror.ts';
import type { Server } from './language-client.ts';
import { virtualNow } from './time/virtual-now.ts';
import type { Translate } from './words/translate.ts';
import { translator } from './words/translate.ts';

export class Cluster {
  readonly t: Translate = translator(l10n.bundle as Record<string, string> | undefined, env.language);
  readonly mirror = new ClusterMirror();
  readonly #server: Server;
  readonly #changes = new EventEmitter<MirrorChange | 'all'>();
  #asking = false;

  /** 'all' after the whole table came anew. */
  readonly onChange: Event<MirrorChange | 'all'> = this.#changes.event;

  constructor(server: Server) {
    this.#server = server;
    server.onUp(() => void this.#askForAll());
    server.on('drydock/clusterChanged', (delta) => {
      if (this.#asking) return; // the answer will contain it, or the next delta will show the gap
      const change = this.mirror.apply(delta, Date.now());
      if (change === undefined) void this.#askForAll();
      else this.#changes.fire(change);
    });
  }

  get now(): number {
    return virtualNow(this.mirror.time, Date.now() - this.mirror.timeAt);
  }

  get time(): TimeState {
    return this.mirror.time;
  }

  row(id: string): Row | undefined {
    return this.mirror.rows.get(id);
  }

  get deployments(): readonly DeploymentRow[] {
    return [...this.mirror.rows.values()].filter((row) => row.type === 'deployment').sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async #askForAll(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      this.mirror.reset(await this.#server.request('drydock/clusterView', null), Date.now());
    } finally {
      this.#asking = false;
    }
    this.#changes.fire('all');
  }
}
