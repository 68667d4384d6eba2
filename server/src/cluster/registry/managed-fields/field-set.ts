// Sets of places in an object, as metadata.managedFields names them: `f:spec`, `k:{"name":"web"}`, `v:"a"` (structured-merge-diff fieldpath).
// Invariant: a node without children is a member; there are no empty branches.

export interface FieldSet {
  /** The place itself belongs to the set, not only places below it. */
  readonly isMember: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

const noChildren: ReadonlyMap<string, FieldSet> = new Map();

export const emptySet: FieldSet = { isMember: false, children: noChildren };

const leaf: FieldSet = { isMember: true, children: noChildren };

export const isEmptySet = ({ isMember, children }: FieldSet): boolean => !isMember && children.size === 0;

export const union = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (inA, inB) => inA || inB);

export const difference = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (inA, inB) => inA && !inB);

export const intersection = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (inA, inB) => inA && inB);

/** Whether everything in `b` is in `a`. */
export function includes(a: FieldSet, b: FieldSet): boolean {
  if (b.isMember && !a.isMember) return false;
  for (const [element, child] of b.children) {
    const mine = a.children.get(element);
    if (!mine || !includes(mine, child)) return false;
  }
  return true;
}

/** Whether something is in both. */
export function overlap(a: FieldSet, b: FieldSet): boolean {
  if (a.isMember && b.isMember) return true;
  for (const [element, child] of b.children) {
    const mine = a.children.get(element);
    if (mine && overlap(mine, child)) return true;
  }
  return false;
}

export const isEqualSet = (a: FieldSet, b: FieldSet): boolean => includes(a, b) && includes(b, a);

function combine(a: FieldSet, b: FieldSet, keeps: (inA: boolean, inB: boolean) => boolean): FieldSet {
  const children = new Map<string, FieldSet>();
  const add = (element: string, inA: FieldSet, inB: FieldSet) => {
    const child = combine(inA, inB, keeps);
    if (!isEmptySet(child)) children.set(element, child);
  };
  for (const [element, child] of a.children) add(element, child, b.children.get(element) ?? emptySet);
  for (const [element, child] of b.children) if (!a.children.has(element)) add(element, emptySet, child);
  return { isMember: keeps(a.isMember, b.isMember), children };
}

/** Takes out a place with everything below it. */
export function without(set: FieldSet, [element, ...rest]: readonly string[]): FieldSet {
  const child = element === undefined ? undefined : set.children.get(element);
  if (!child) return set;
  const children = new Map(set.children);
  const left = rest.length > 0 ? without(child, rest) : emptySet;
  if (isEmptySet(left)) children.delete(element!);
  else children.set(element!, left);
  return { isMember: set.isMember, children };
}

/** Gathers places one by one. */
export class FieldSetBuilder {
  #isMember = false;
  readonly #children = new Map<string, FieldSetBuilder>();

  /** The part of the path from `depth` on is the way from here. */
  add(path: readonly string[], depth = 0): void {
    const element = path[depth];
    if (element === undefined) return void (this.#isMember = true);
    let child = this.#children.get(element);
    if (!child) this.#children.set(element, (child = new FieldSetBuilder()));
    child.add(path, depth + 1);
  }

  build(): FieldSet {
    if (this.#children.size === 0) return this.#isMember ? leaf : emptySet;
    const children = new Map<string, FieldSet>();
    for (const [element, child] of this.#children) children.set(element, child.build());
    return { isMember: this.#isMember, children };
  }
}

interface FieldsV1 {
  readonly [element: string]: FieldsV1;
}

const inOrder = (children: FieldSet['children']) =>
  [...children].sort(([a], [b]) => (a.startsWith('k:') && b.startsWith('k:') ? byKeys(a, b) : a < b ? -1 : 1));

/** `k:{"port":80}` stands before `k:{"port":443}`: numbers are compared as such. */
function byKeys(a: string, b: string): number {
  const [left, right] = [keysOf(a), keysOf(b)];
  const at = left.findIndex(([name, value], i) => name !== right[i]?.[0] || value !== right[i]?.[1]);
  const [mine, theirs] = [left[at], right[at]];
  if (!mine || !theirs) return left.length - right.length;
  if (mine[0] !== theirs[0]) return mine[0] < theirs[0] ? -1 : 1;
  return mine[1] < theirs[1] ? -1 : 1;
}

const keysOf = (element: string) => Object.entries(JSON.parse(element.slice(2)) as Readonly<Record<string, string | number>>);

/** `{"f:metadata":{"f:labels":{".":{},"f:app":{}}}}`: a dot where a place belongs to the set together with places below it. */
export function toFieldsV1({ isMember, children }: FieldSet): FieldsV1 {
  const elements = inOrder(children).map(([element, child]) => [element, toFieldsV1(child)] as const);
  return Object.fromEntries(isMember && children.size > 0 ? [['.', {}], ...elements] : elements);
}

export function fromFieldsV1(fields: FieldsV1): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [element, below] of Object.entries(fields)) if (element !== '.') children.set(element, fromFieldsV1(below));
  return { isMember: '.' in fields || children.size === 0, children };
}

/** The places below this one that belong to the set: at every place first what stands right under it, then what is deeper. */
export function* placesOf({ children }: FieldSet, path: readonly string[] = []): Iterable<readonly string[]> {
  const sorted = inOrder(children);
  for (const [element, { isMember }] of sorted) if (isMember) yield [...path, element];
  for (const [element, child] of sorted) yield* placesOf(child, [...path, element]);
}
