// Objects as a table, which is what `kubectl get` asks for: the server knows the columns and their cells.
import type { KubeObject } from '../../kube/object.ts';
import { columnsOfKind, columnTextsOf } from '../../schema/columns.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { rowOf } from '../../kubectl/printers/row-of.ts';
import { partialOf } from './partial.ts';

export interface TableOptions {
  readonly kind: KindInfo;
  /** 'v1' or 'v1beta1' of meta.k8s.io. */
  readonly version: string;
  readonly include: 'None' | 'Metadata' | 'Object';
  /** Virtual milliseconds since 1970, for ages. */
  readonly now: number;
}

/** `metadata` is that of the list, or of the one object. */
export function tableOf(objects: readonly KubeObject[], metadata: object, { kind, version, include, now }: TableOptions, withColumns = true): object {
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${version}`,
    metadata,
    columnDefinitions: withColumns ? definitionsOf(kind) : null,
    rows: objects.map((object) => ({
      cells: rowOf(kind, object, now),
      object: include === 'None' ? null : include === 'Object' ? object : partialOf(object, version),
    })),
  };
}

function definitionsOf(kind: KindInfo) {
  // The first column of a custom kind is the name, as that of a ConfigMap.
  const texts = kind.custom ? columnTextsOf('v1', 'configmaps').slice(0, 1) : columnTextsOf(kind.apiVersion, kind.resource);
  return columnsOfKind(kind).map(({ name, type, format = '', priority, description }, index) => ({
    name,
    type,
    format,
    description: description ?? texts[index] ?? '',
    priority,
  }));
}

export const isInclude = (text: string): text is TableOptions['include'] => text === 'None' || text === 'Metadata' || text === 'Object';
