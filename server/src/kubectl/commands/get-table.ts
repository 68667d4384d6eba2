// The tables of kubectl get: the server's columns, and the ones that flags add around them.
import type { KubeObject } from '../../kube/object.ts';
import { columnsOfKind } from '../../schema/columns.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { printTable } from '../output/table.ts';
import { formatLabels, type Cell } from '../printers/cell.ts';
import { rowOf } from '../printers/row-of.ts';
import { objectName } from '../resource-names.ts';

export interface TableOptions {
  readonly output: string;
  readonly 'all-namespaces': boolean;
  readonly 'no-headers': boolean;
  readonly 'show-labels': boolean;
  readonly 'label-columns': readonly string[];
  /** Names get their kind in front: 'deployment.apps/web'. */
  readonly withKind: boolean;
  /** Virtual milliseconds since 1970. */
  readonly now: number;
}

type Row = readonly Cell[];

export class GetTable {
  readonly #kind: KindInfo;
  readonly #options: TableOptions;

  constructor(kind: KindInfo, options: TableOptions) {
    this.#kind = kind;
    this.#options = options;
  }

  print(objects: readonly KubeObject[]): string {
    const rows = objects.map((object) => this.row(object, this.#options.now));
    return printTable(this.#options['no-headers'] ? undefined : this.header(), rows);
  }

  header(): readonly string[] {
    const labels = this.#options['label-columns'].map((label) => label.slice(label.lastIndexOf('/') + 1).toUpperCase());
    return [
      ...(this.#showsNamespace() ? ['NAMESPACE'] : []),
      ...this.#shown(columnsOfKind(this.#kind).map(({ name }) => name.toUpperCase())),
      ...labels,
      ...(this.#options['show-labels'] ? ['LABELS'] : []),
    ].map(String);
  }

  row(object: KubeObject, now: number): Row {
    const { name, namespace = '', labels } = object.metadata;
    const cells = this.#shown(rowOf(this.#kind, object, now));
    return [
      ...(this.#showsNamespace() ? [namespace] : []),
      ...(this.#options.withKind ? [objectName(this.#kind, name), ...cells.slice(1)] : cells),
      ...this.#options['label-columns'].map((label) => labels?.[label] ?? ''),
      ...(this.#options['show-labels'] ? [formatLabels(labels)] : []),
    ];
  }

  /** Columns of priority 1 only with -o wide. */
  #shown(cells: Row): Row {
    const wide = this.#options.output === 'wide';
    const columns = columnsOfKind(this.#kind);
    return cells.filter((_, i) => wide || columns[i]!.priority === 0);
  }

  #showsNamespace(): boolean {
    return this.#options['all-namespaces'] && this.#kind.namespaced;
  }
}
