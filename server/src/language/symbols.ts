// The outline of a file: its objects, and in each the maps and lists with their names.
import type { ManifestDocument } from '../manifest/manifest-document.ts';
import type { ManifestFile, PlacedDocument } from '../manifest/manifest-file.ts';
import type { Range, Span } from '../manifest/text.ts';
import type { MapNode, Node } from '../manifest/tree.ts';
import { dereference } from '../manifest/tree.ts';
import { objectsOf } from './kubernetes-object.ts';

export interface DocumentSymbol {
  /** 'Deployment web', 'spec', 'containers', 'web'. */
  readonly name: string;
  /** Beside the name: the namespace of an object, the value of a field. */
  readonly detail: string;
  readonly is: 'object' | 'map' | 'list' | 'value';
  readonly range: Range;
  /** Within `range`: what is marked when the symbol is chosen. */
  readonly selection: Range;
  readonly children: readonly DocumentSymbol[];
}

/** Places count from the start of the document. */
interface Entry {
  readonly name: string;
  readonly detail: string;
  readonly is: DocumentSymbol['is'];
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly Entry[];
}

const cache = new WeakMap<ManifestDocument, readonly Entry[]>();

export function symbolsOf(file: ManifestFile): readonly DocumentSymbol[] {
  return file.documents.flatMap((placed) => entriesOf(placed.document).map((entry) => symbol(file, placed, entry)));
}

function entriesOf(document: ManifestDocument): readonly Entry[] {
  let entries = cache.get(document);
  if (!entries)
    cache.set(
      document,
      (entries = objectsOf(document).map(({ node, kind, name, namespace }) => objectEntry(node, [kind, name].filter(Boolean).join(' '), namespace))),
    );
  return entries;
}

function objectEntry(node: MapNode, name: string, namespace: string | undefined): Entry {
  const selection = node.pairs.find(({ key }) => key === 'kind') ?? node.pairs[0] ?? node;
  return { name: name || 'object', detail: namespace ?? '', is: 'object', span: node, selection, children: children(node) };
}

function children(node: Node): readonly Entry[] {
  const target = node.is === 'alias' ? undefined : node;
  if (target?.is === 'map') return target.pairs.map(({ key, keySpan, node: value, start, end }) => entry(key, { start, end }, keySpan, value));
  // A list of plain values says all in its line.
  if (target?.is === 'list')
    return target.items.flatMap((item, index) => (dereference(item).is === 'map' ? [entry(itemName(item, index), item, item, item)] : []));
  return [];
}

function entry(name: string, span: Span, selection: Span, value: Node): Entry {
  const target = dereference(value);
  const detail = target.is === 'scalar' ? shortened(String(target.value ?? '')) : '';
  return { name: name || '""', detail, is: target.is === 'scalar' ? 'value' : target.is, span, selection, children: children(value) };
}

/** An item is called by what tells it from the others. */
function itemName(item: Node, index: number): string {
  const { value } = item;
  const named = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as MapNode['value']) : {};
  const name = named['name'] ?? named['key'] ?? named['host'] ?? named['port'] ?? named['containerPort'] ?? named['type'];
  return typeof name === 'string' || typeof name === 'number' ? String(name) : String(index);
}

function shortened(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

function symbol(file: ManifestFile, placed: PlacedDocument, { name, detail, is, span, selection, children }: Entry): DocumentSymbol {
  return {
    name,
    detail,
    is,
    range: file.rangeIn(placed, span),
    selection: file.rangeIn(placed, selection),
    children: children.map((child) => symbol(file, placed, child)),
  };
}
