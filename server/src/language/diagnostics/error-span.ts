// The exact place of a field error. The server's paths are not always exact: they stop at a map although one of its keys is meant, leave out an
// index (`volumeMounts.subPath`) or a step (`spec.template.labels`), or name a field that a default filled from another (`spec.clusterIPs[0]`).
// The bad value then tells which: it is looked for below what exists of the path.
import type { FieldError } from '../../kube/field-error.ts';
import type { Span } from '../../manifest/text.ts';
import type { Node, Path } from '../../manifest/tree.ts';
import { find } from '../../manifest/tree.ts';
import type { ObjectView } from './document-view.ts';

/** `data[bad key]: Invalid value: "bad key"` → the key; `metadata.labels: Invalid value: "-a"` → that value in the map. */
export function errorSpan(view: ObjectView, { path: text, badValue }: Pick<FieldError, 'path' | 'badValue'>): Span {
  const path = view.path(text);
  const { node, depth } = find(view.object.node, path);
  const isWhole = depth === path.length;
  if (isWhole && (node.value === badValue || !isSearchable(badValue))) return view.spanOf(path);
  if (isWhole && path.at(-1) === badValue) return view.keySpanOf(path);
  if (!isSearchable(badValue)) return view.spanOf(path);
  const below = search(view, node, path.slice(0, depth), lastName(path), badValue);
  const anywhere = typeof badValue === 'string' && !isWhole ? search(view, view.object.node, [], lastName(path), badValue) : undefined;
  return below ?? anywhere ?? view.spanOf(path);
}

function isSearchable(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

interface Match {
  readonly span: Span;
  /** The value of a key that the path ends with. */
  readonly isNamed: boolean;
}

/** A text is rare enough to trust the first match; a number must be the only one, unless its key is right. */
function search(view: ObjectView, node: Node, path: Path, name: string | undefined, value: string | number): Span | undefined {
  const matches = [...matchesBelow(view, node, path, name, value)];
  const named = matches.find(({ isNamed }) => isNamed);
  return (named ?? (typeof value === 'string' || matches.length === 1 ? matches[0] : undefined))?.span;
}

function* matchesBelow(view: ObjectView, node: Node, path: Path, name: string | undefined, value: string | number): Generator<Match> {
  // What an alias repeats is found where it is written.
  if (node.is === 'map') {
    for (const pair of node.pairs) {
      const at = [...path, pair.key];
      if (pair.key === value) yield { span: pair.keySpan, isNamed: false };
      if (isSame(pair.node, value)) yield { span: view.spanOf(at), isNamed: pair.key === name };
      yield* matchesBelow(view, pair.node, at, name, value);
    }
  } else if (node.is === 'list') {
    for (const [index, item] of node.items.entries()) {
      if (isSame(item, value)) yield { span: view.spanOf([...path, index]), isNamed: false };
      yield* matchesBelow(view, item, [...path, index], name, value);
    }
  }
}

/** A quantity is text for the server and may be a number in the file. */
function isSame({ value }: Node, badValue: string | number): boolean {
  return (typeof value === 'string' || typeof value === 'number') && String(value) === String(badValue);
}

function lastName(path: Path): string | undefined {
  return path.findLast((step): step is string => typeof step === 'string');
}
