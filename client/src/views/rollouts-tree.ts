// The Rollouts view: every Deployment with its revisions, the newest first.
import type { Disposable, TreeDataProvider } from 'vscode';
import { EventEmitter, MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState, window } from 'vscode';
import type { Health, ReplicaSetRow } from '../../../server/src/protocol/cluster-view.ts';
import type { Cluster } from '../cluster.ts';
import { age } from '../words/duration.ts';
import type { Translate } from '../words/translate.ts';
import { themeIcon } from './cluster-tree.ts';
import { healthIcon, rowWords } from './row-words.ts';
import { tooltip } from './tooltip.ts';

const gatherMs = 150;

export class RolloutsTree implements TreeDataProvider<string>, Disposable {
  readonly #cluster: Cluster;
  readonly #refresh = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];
  #gathering: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#refresh.event;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    const view = window.createTreeView('drydock.rollouts', { treeDataProvider: this });
    const show = () => {
      this.#gathering = undefined;
      this.#refresh.fire();
    };
    this.#subscriptions = [
      view,
      this.#refresh,
      cluster.onChange((change) => {
        const concerns = change === 'all' || [...change.rows, ...change.parents].some((id) => id === '' || /^apps\/(Deployment|ReplicaSet)\//.test(id));
        if (concerns) this.#gathering ??= setTimeout(show, gatherMs);
      }),
      { dispose: () => clearTimeout(this.#gathering) },
    ];
  }

  getChildren(node?: string): string[] {
    if (node === undefined) return this.#cluster.deployments.map((row) => row.id);
    return revisionsOf(this.#cluster, node).map((row) => row.id);
  }

  getTreeItem(node: string): TreeItem {
    const row = this.#cluster.row(node);
    if (row?.type === 'deployment') {
      const words = rowWords(this.#cluster.t, row, this.#cluster.now);
      const item = new TreeItem(words.label, TreeItemCollapsibleState.Expanded);
      item.id = node;
      item.description = row.namespace === 'default' ? '' : (row.namespace ?? '');
      item.iconPath = themeIcon(words.icon);
      item.contextValue = `rollout.${words.context}`;
      item.accessibilityInformation = { label: words.spoken };
      return item;
    }
    return row?.type === 'replicaSet' ? this.#revision(row) : new TreeItem('');
  }

  resolveTreeItem(item: TreeItem, node: string): TreeItem {
    const row = this.#cluster.row(node);
    if (row) item.tooltip = new MarkdownString(tooltip(this.#cluster.t, row, this.#cluster.now));
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #revision(row: ReplicaSetRow): TreeItem {
    const { t, now } = this.#cluster;
    const item = new TreeItem(t('revision {0}', row.revision ?? 0), TreeItemCollapsibleState.None);
    const role = row.current ? currentWords[row.health](t) : t('{0} ago', age(t, now - row.createdAt));
    item.id = row.id;
    item.description = [row.images.join(', '), role, ...(row.changeCause === undefined ? [] : [row.changeCause])].join(' · ');
    item.iconPath = row.desired > 0 || row.current ? themeIcon(healthIcon(row.health)) : new ThemeIcon('history');
    item.contextValue = row.current ? 'revision.current' : 'revision.previous';
    item.accessibilityInformation = { label: `${String(item.label)}, ${item.description}` };
    return item;
  }
}

const currentWords: Readonly<Record<Health, (t: Translate) => string>> = {
  ready: (t) => t('current'),
  idle: (t) => t('current'),
  progressing: (t) => t('rolling out'),
  failing: (t) => t('failing'),
  stopping: (t) => t('stopping'),
};

/** The revisions of a Deployment, the newest first. */
export function revisionsOf(cluster: Cluster, deployment: string): readonly ReplicaSetRow[] {
  return [...cluster.mirror.childrenOf(deployment)]
    .flatMap((id) => {
      const row = cluster.row(id);
      return row?.type === 'replicaSet' && row.revision !== undefined ? [row] : [];
    })
    .sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0));
}
