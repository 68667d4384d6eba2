// The line above `kind: Deployment`: how its rollout stands, and what one can do about it.
import type { CodeLensProvider, Disposable, TextDocument } from 'vscode';
import { CodeLens, EventEmitter, Range, languages } from 'vscode';
import type { DeploymentRow } from '../../../server/src/protocol/cluster-view.ts';
import type { Cluster } from '../cluster.ts';
import type { Server } from '../language-client.ts';
import { lensWords } from './lens-words.ts';

const gatherMs = 150;

export class StatusLens implements CodeLensProvider, Disposable {
  readonly #cluster: Cluster;
  readonly #server: Server;
  readonly #changes = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];
  #gathering: NodeJS.Timeout | undefined;

  readonly onDidChangeCodeLenses = this.#changes.event;

  constructor(cluster: Cluster, server: Server) {
    this.#cluster = cluster;
    this.#server = server;
    const show = () => {
      this.#gathering = undefined;
      this.#changes.fire();
    };
    this.#subscriptions = [
      this.#changes,
      languages.registerCodeLensProvider({ language: 'yaml' }, this),
      cluster.onChange((change) => {
        const concerns = change === 'all' || [...change.rows, ...change.parents].some((id) => id === '' || id.startsWith('apps/Deployment/'));
        if (concerns) this.#gathering ??= setTimeout(show, gatherMs);
      }),
      { dispose: () => clearTimeout(this.#gathering) },
    ];
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (document.uri.scheme === 'drydock') return [];
    const objects = await this.#server.request('drydock/documents', { uri: document.uri.toString() });
    return objects.flatMap(({ id, line }) => {
      const row = this.#cluster.row(id);
      return row?.type === 'deployment' ? this.#lenses(row, new Range(line, 0, line, 0)) : [];
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #lenses(row: DeploymentRow, range: Range): CodeLens[] {
    const { t } = this.#cluster;
    const lens = (title: string, command: string): CodeLens => new CodeLens(range, { title, command, arguments: [row.id] });
    return [
      lens(lensWords(t, row), 'drydock.showRollout'),
      ...(row.paused ? [lens(t('resume'), 'drydock.resumeRollout')] : []),
      ...(row.revision > 1 ? [lens(t('undo'), 'drydock.undoRollout')] : []),
      ...(row.stalled ? [] : [lens(t('restart'), 'drydock.restart')]),
    ];
  }
}
