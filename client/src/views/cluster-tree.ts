// The Cluster view. It renders the mirror; it keeps no state but which ages are on the screen.
import type { Disposable, TreeDataProvider, TreeView } from 'vscode';
import { EventEmitter, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, window } from 'vscode';
import type { Row } from '../../../server/src/protocol/cluster-view.ts';
import type { Cluster } from '../cluster.ts';
import type { FirstSave } from './first-save.ts';
import type { OutlineNode } from './cluster-outline.ts';
import { childrenOf, concerned, leftOut } from './cluster-outline.ts';
import type { Icon } from './row-words.ts';
import { rowWords } from './row-words.ts';
import { tooltip } from './tooltip.ts';

/** Changes within this time are shown together. */
const gatherMs = 80;

export class ClusterTree implements TreeDataProvider<OutlineNode>, Disposable {
  readonly #cluster: Cluster;
  readonly #firstSave: FirstSave;
  readonly #view: TreeView<OutlineNode>;
  readonly #refresh = new EventEmitter<OutlineNode[] | undefined>();
  readonly #subscriptions: Disposable[];
  /** Descriptions as they were last given, of rows that speak of their age. */
  readonly #aging = new Map<OutlineNode, string>();
  readonly #rows = new Set<string>();
  readonly #parents = new Set<string>();
  #all = false;
  #gathering: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#refresh.event;

  constructor(cluster: Cluster, firstSave: FirstSave) {
    this.#cluster = cluster;
    this.#firstSave = firstSave;
    this.#view = window.createTreeView('drydock.cluster', { treeDataProvider: this, showCollapseAll: true });
    const clock = setInterval(() => this.#age(), 1000);
    this.#subscriptions = [
      this.#view,
      this.#refresh,
      firstSave.onChange(() => this.#refresh.fire(undefined)),
      cluster.onChange((change) => {
        if (change === 'all') this.#all = true;
        else {
          for (const id of change.rows) this.#rows.add(id);
          for (const id of change.parents) this.#parents.add(id);
        }
        this.#gathering ??= setTimeout(() => this.#show(), gatherMs);
      }),
      { dispose: () => clearInterval(clock) },
      { dispose: () => clearTimeout(this.#gathering) },
    ];
  }

  getChildren(node?: OutlineNode): OutlineNode[] {
    const hint = node === undefined && this.#firstSave.isShown ? ['hint'] : [];
    return [...hint, ...childrenOf(this.#cluster.mirror, node)];
  }

  /** For reveal(): rows know their parent; everything that is revealed is a row. */
  getParent(node: OutlineNode): OutlineNode | undefined {
    return this.#cluster.row(node)?.parent;
  }

  getTreeItem(node: OutlineNode): TreeItem {
    const row = this.#cluster.row(node);
    const item = row === undefined ? this.#group(node) : this.#item(row);
    item.id = node;
    return item;
  }

  resolveTreeItem(item: TreeItem, node: OutlineNode): TreeItem {
    const row = this.#cluster.row(node);
    if (row) item.tooltip = new MarkdownString(tooltip(this.#cluster.t, row, this.#cluster.now));
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #item(row: Row): TreeItem {
    const words = rowWords(this.#cluster.t, row, this.#cluster.now);
    if (row.type === 'pod' || row.deletingSince !== undefined) this.#aging.set(row.id, words.description);
    const item = new TreeItem(words.label, this.#collapsible(row));
    item.description = words.description;
    item.iconPath = themeIcon(words.icon);
    item.contextValue = words.context;
    item.accessibilityInformation = { label: words.spoken };
    return item;
  }

  #collapsible(row: Row): TreeItemCollapsibleState {
    if (row.type === 'deployment') return TreeItemCollapsibleState.Expanded;
    if (row.type === 'replicaSet' && this.#cluster.mirror.childrenOf(row.id).size > 0) return TreeItemCollapsibleState.Expanded;
    return this.#cluster.mirror.childrenOf(row.id).size > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  }

  #group(node: OutlineNode): TreeItem {
    const { t, mirror } = this.#cluster;
    const folded = TreeItemCollapsibleState.Collapsed;
    if (node === 'hint') return hint(t('Saving a file applies it.'));
    if (node.startsWith('more:')) return new TreeItem(t('{0} more', leftOut(mirror, node)));
    if (node.startsWith('old:')) return described(new TreeItem(t('Previous revisions'), folded), String(childrenOf(mirror, node).length), 'history');
    if (node.startsWith('namespace:'))
      return described(new TreeItem(node.slice('namespace:'.length), TreeItemCollapsibleState.Expanded), t('namespace'), 'symbol-namespace');
    if (node === 'nodes') {
      const nodes = childrenOf(mirror, node).flatMap((id) => mirror.rows.get(id) ?? []);
      const ready = nodes.filter((row) => row.type === 'node' && row.health === 'ready').length;
      return described(
        new TreeItem(t('Nodes'), TreeItemCollapsibleState.Expanded),
        ready === nodes.length ? t('{0} ready', ready) : t('{0} of {1} ready', ready, nodes.length),
        'server-environment',
      );
    }
    if (node === 'namespaces') return described(new TreeItem(t('Empty namespaces'), folded), String(childrenOf(mirror, node).length), 'symbol-namespace');
    if (node === 'others') return described(new TreeItem(t('Cluster-wide objects'), folded), String(childrenOf(mirror, node).length), 'globe');
    return new TreeItem(''); // a row that went away while it was asked for
  }

  #show(): void {
    this.#gathering = undefined;
    const nodes = this.#all ? undefined : concerned(this.#cluster.mirror, this.#rows, this.#parents);
    this.#all = false;
    this.#rows.clear();
    this.#parents.clear();
    if (nodes === undefined) {
      this.#aging.clear();
      this.#refresh.fire(undefined);
    } else if (nodes.length > 0) this.#refresh.fire([...nodes]);
    this.#showMessage();
    this.#showBadge();
  }

  #showMessage(): void {
    const { t, mirror } = this.#cluster;
    const isEmpty = ![...mirror.roots()].some((id) => !['node', 'namespace'].includes(mirror.rows.get(id)?.type ?? 'node'));
    const message = isEmpty ? t('Save a manifest to launch it.') : '';
    if (this.#view.message !== message) this.#view.message = message;
  }

  #showBadge(): void {
    const { t, mirror } = this.#cluster;
    const { stalled } = mirror.totals;
    if ((this.#view.badge?.value ?? 0) === stalled) return;
    this.#view.badge = stalled === 0 ? undefined : { value: stalled, tooltip: stalled === 1 ? t('1 stalled rollout') : t('{0} stalled rollouts', stalled) };
  }

  /** Ages count up here, not on the server: only lines that read differently are drawn again. */
  #age(): void {
    if (!this.#view.visible || this.#cluster.time.paused) return;
    const older: OutlineNode[] = [];
    for (const [node, shown] of this.#aging) {
      const row = this.#cluster.row(node);
      if (row === undefined) this.#aging.delete(node);
      else if (rowWords(this.#cluster.t, row, this.#cluster.now).description !== shown) older.push(node);
    }
    if (older.length > 0) this.#refresh.fire(older);
  }
}

export const themeIcon = ({ name, color }: Icon): ThemeIcon => new ThemeIcon(name, color === undefined ? undefined : new ThemeColor(color));

function hint(label: string): TreeItem {
  const item = new TreeItem(label);
  item.iconPath = new ThemeIcon('info');
  item.contextValue = 'hint';
  return item;
}

function described(item: TreeItem, description: string, icon: string): TreeItem {
  item.description = description;
  item.iconPath = new ThemeIcon(icon);
  item.accessibilityInformation = { label: `${String(item.label)}, ${description}` };
  return item;
}
