// Objects of the cluster as read-only YAML documents that follow their object.
import type { Disposable, TextDocumentContentProvider } from 'vscode';
import { EventEmitter, Uri, languages, window, workspace } from 'vscode';
import type { Cluster } from '../cluster.ts';
import type { Server } from '../language-client.ts';

const scheme = 'drydock';

export class Manifests implements TextDocumentContentProvider, Disposable {
  readonly #cluster: Cluster;
  readonly #server: Server;
  readonly #changes = new EventEmitter<Uri>();
  readonly #subscriptions: Disposable[];

  readonly onDidChange = this.#changes.event;

  constructor(cluster: Cluster, server: Server) {
    this.#cluster = cluster;
    this.#server = server;
    this.#subscriptions = [
      this.#changes,
      workspace.registerTextDocumentContentProvider(scheme, this),
      cluster.onChange((change) => {
        for (const { uri } of workspace.textDocuments) {
          if (uri.scheme === scheme && (change === 'all' || change.rows.has(uri.query) || !cluster.row(uri.query))) this.#changes.fire(uri);
        }
      }),
    ];
  }

  async show(id: string): Promise<void> {
    const document = await workspace.openTextDocument(uriOf(id));
    await languages.setTextDocumentLanguage(document, 'yaml');
    await window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const { t } = this.#cluster;
    return (await this.#server.request('drydock/manifest', { id: uri.query })) ?? `# ${t('{0} is gone.', uri.query)}\n`;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** 'apps/Deployment/default/web' → drydock:/default/deployment-web.yaml, so that the tab says what it is. */
function uriOf(id: string): Uri {
  const [kind = '', ...rest] = id.split('/').slice(-3);
  const name = rest.at(-1) ?? id;
  return Uri.from({ scheme, path: `/${rest.slice(0, -1).join('/')}/${kind.toLowerCase()}-${name}.yaml`.replace('//', '/'), query: id });
}
