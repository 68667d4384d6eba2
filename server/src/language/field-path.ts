// The server's field paths → steps into a document. The text alone is ambiguous: `data[a.b].c`, `metadata.labels[app.kubernetes.io/name]` and
// `spec.containers[0]` only make sense beside the object, so the path is read along the tree, as far as it leads.
import type { MapNode, Node, Path } from '../manifest/tree.ts';
import { dereference, pairOf } from '../manifest/tree.ts';

/** `fieldPath(root, 'spec.containers[0].ports[1].name')` → ['spec', 'containers', 0, 'ports', 1, 'name']. Steps that do not exist stay in the path. */
export function fieldPath(root: Node, text: string): Path {
  const steps: (string | number)[] = [];
  let node: Node | undefined = root;
  let rest = text;
  while (rest !== '') {
    const { step, length } = nextStep(node, rest);
    steps.push(step);
    node = node && childOf(node, step);
    rest = rest.slice(length).replace(/^\./, '');
  }
  return steps;
}

function nextStep(node: Node | undefined, rest: string): { step: string | number; length: number } {
  const index = /^\[(\d+)\]/.exec(rest);
  const target = node && dereference(node);
  if (index) return { step: Number(index[1]), length: index[0].length };
  if (rest.startsWith('[')) return bracketed(target?.is === 'map' ? target : undefined, rest);
  const known = target?.is === 'map' ? longestKey(target, rest) : undefined;
  if (known) return { step: known, length: known.length };
  const name = /^[^.[]*/.exec(rest)?.[0] || rest;
  return { step: target?.is === 'map' ? sameLetters(target, name) : name, length: name.length };
}

/** `[a]b].c` with a key "a]b": the longest key that fits, else up to the first bracket. */
function bracketed(map: MapNode | undefined, rest: string): { step: string; length: number } {
  const keys = map?.pairs.map(({ key }) => key).filter((key) => rest.startsWith(`[${key}]`)) ?? [];
  const end = rest.indexOf(']');
  const step = keys.length > 0 ? longest(keys) : rest.slice(1, end < 0 ? rest.length : end);
  return { step, length: Math.min(rest.length, step.length + 2) };
}

/** A key with dots: `limits.nvidia.com/gpu` is one step below `limits`. */
function longestKey(map: MapNode, rest: string): string | undefined {
  const keys = map.pairs.map(({ key }) => key).filter((key) => key !== '' && rest.startsWith(key) && /^($|[.[])/.test(rest.slice(key.length)));
  return keys.length > 0 ? longest(keys) : undefined;
}

/** The server writes some fields as their Go names: `spec.SessionAffinity`. */
function sameLetters(map: MapNode, name: string): string {
  const lower = name.toLowerCase();
  return map.pairs.find(({ key }) => key.toLowerCase() === lower)?.key ?? name;
}

function longest(keys: readonly string[]): string {
  return keys.reduce((best, key) => (key.length > best.length ? key : best));
}

function childOf(node: Node, step: string | number): Node | undefined {
  const target = dereference(node);
  if (target.is === 'list') return typeof step === 'number' ? target.items[step] : undefined;
  return target.is === 'map' ? pairOf(target, String(step))?.node : undefined;
}
