// The rollout page beside the editor: one panel, which follows one Deployment at a time.
import type { Disposable, ExtensionContext, WebviewPanel } from 'vscode';
import { Uri, ViewColumn, env, l10n, window } from 'vscode';
import type { RolloutView } from '../../../../server/src/protocol/rollout-view.ts';
import type { Cluster } from '../../cluster.ts';
import { act } from '../../commands/rollout-commands.ts';
import type { Server } from '../../language-client.ts';
import type { FromPage, PageMemory, ToPage } from '../messages.ts';
import { pageHtml } from './page-html.ts';

const viewType = 'drydock.rollout';

export class RolloutPanel implements Disposable {
  readonly #context: ExtensionContext;
  readonly #cluster: Cluster;
  readonly #server: Server;
  readonly #subscriptions: Disposable[];
  #panel: WebviewPanel | undefined;
  /** 'default/web' */
  #key: string | undefined;
  #view: RolloutView | null = null;
  #compare: number | undefined;

  constructor(context: ExtensionContext, cluster: Cluster, server: Server) {
    this.#context = context;
    this.#cluster = cluster;
    this.#server = server;
    server.on('drydock/rolloutChanged', (view) => view.key === this.#key && this.#show(view));
    let time = cluster.time;
    this.#subscriptions = [
      cluster.onChange((change) => {
        if (change === 'all') void this.#follow();
        else if (this.#key !== undefined && (this.#view === null) === this.#exists()) void this.#follow();
        if (cluster.time.paused !== time.paused || cluster.time.speed !== time.speed) this.#post({ type: 'time', time: { ...cluster.time, now: cluster.now } });
        time = cluster.time;
      }),
      window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, memory: PageMemory | undefined) => {
          this.#adopt(panel);
          await this.#follow(memory?.key);
        },
      }),
    ];
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** `id`: of a Deployment's row. The keyboard stays where it is unless `focus` is asked for. */
  async show(id: string, { focus = true, compare }: { readonly focus?: boolean; readonly compare?: number } = {}): Promise<void> {
    if (this.#panel) this.#panel.reveal(undefined, !focus);
    else
      this.#adopt(
        window.createWebviewPanel(
          viewType,
          l10n.t('Rollout'),
          { viewColumn: ViewColumn.Beside, preserveFocus: !focus },
          { enableScripts: true, localResourceRoots: [this.#dist] },
        ),
      );
    this.#compare = compare;
    await this.#follow(id.split('/').slice(2).join('/'));
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  get #dist(): Uri {
    return Uri.joinPath(this.#context.extensionUri, 'dist');
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel = panel;
    const icon = (theme: string) => Uri.joinPath(this.#context.extensionUri, `client/media/hull-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.onDidReceiveMessage((message: FromPage) => this.#receive(message));
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#key = undefined;
      this.#view = null;
      // The window may be closing, and the server with it.
      this.#server.request('drydock/followRollout', { key: null }).catch(() => undefined);
    });
    panel.webview.html = pageHtml(panel.webview, this.#dist, env.language, l10n.bundle ?? {});
  }

  async #follow(key = this.#key): Promise<void> {
    if (key === undefined || !this.#panel) return;
    this.#key = key;
    const view = await this.#server.request('drydock/followRollout', { key });
    if (this.#key === key) this.#show(view);
  }

  #exists(): boolean {
    return this.#cluster.deployments.some((row) => keyOf(row.id) === this.#key);
  }

  #show(view: RolloutView | null): void {
    this.#view = view;
    if (this.#panel && this.#key !== undefined) this.#panel.title = l10n.t('Rollout: {0}', this.#key.split('/').at(-1) ?? '');
    this.#post(this.#state());
    if (view && this.#compare !== undefined) this.#post({ type: 'compare', revision: this.#compare });
  }

  #state(): ToPage {
    const { time, now, deployments } = this.#cluster;
    return { type: 'view', view: this.#view, time: { ...time, now }, deployments: deployments.map((row) => keyOf(row.id)) };
  }

  #post(message: ToPage): void {
    if (this.#panel?.visible) void this.#panel.webview.postMessage(message);
  }

  async #receive(message: FromPage): Promise<void> {
    const id = `apps/Deployment/${this.#key}`;
    switch (message.type) {
      case 'ready':
        this.#post(this.#state());
        if (this.#compare !== undefined) this.#post({ type: 'compare', revision: this.#compare });
        return;
      case 'follow':
        return this.#follow(message.key);
      case 'undo':
        return void (await act(this.#server, { do: 'undo', id, revision: message.revision }));
      case 'act':
        return void (await act(this.#server, { do: message.do, id }));
      case 'time':
        return void (await this.#server.request('drydock/time', message.command));
    }
  }
}

/** 'apps/Deployment/default/web' → 'default/web' */
const keyOf = (id: string): string => id.split('/').slice(2).join('/');
