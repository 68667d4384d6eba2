// JSON Patch (RFC 6902) as the server's library does it (evanphx/json-patch v4): more lenient than the standard, and particular about text.
//
// The library reads an object only when it has to look into it, and writes what it has read with sorted keys; the rest stays as it was.
import { goJson } from '../../../kube/go-json.ts';
import { isEqual } from '../../../kube/equal.ts';
import { isMap, type Json, type JsonMap } from './json.ts';

type Container = Record<string, Json> | Json[];

export interface JsonPatched {
  readonly value: Json;
  /** The whole object as the library writes it. */
  readonly text: string;
}

/** undefined when an operation cannot be carried out. `document` is not changed. */
export function jsonPatch(document: Json, operations: readonly Json[]): JsonPatched | undefined {
  const patch = new JsonPatch(document);
  for (const operation of operations) if (!isMap(operation) || !patch.carryOut(operation)) return undefined;
  return { value: patch.root, text: patch.text(patch.root) };
}

class JsonPatch {
  root: Json;
  /** What has been looked into. */
  readonly #read = new WeakSet<object>();

  constructor(document: Json) {
    this.root = copyOf(document);
    this.#read.add(this.root as object);
  }

  carryOut(operation: JsonMap): boolean {
    const { op, path, from } = operation;
    if (typeof path !== 'string') return false;
    switch (op) {
      case 'add':
        return this.#add(path, valueOf(operation));
      case 'remove':
        return this.#remove(path);
      case 'replace':
        return this.#replace(path, valueOf(operation));
      case 'move':
        return typeof from === 'string' && this.#move(from, path);
      case 'copy':
        return typeof from === 'string' && this.#copy(from, path);
      case 'test':
        return this.#test(path, valueOf(operation));
      default:
        return false;
    }
  }

  text(value: Json): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.text(item)).join(',')}]`;
    if (!isMap(value)) return goJson(value ?? null);
    const keys = Object.keys(value);
    const inOrder = this.#read.has(value) ? keys.sort() : keys;
    return `{${inOrder.map((key) => `${goJson(key)}:${this.text(value[key])}`).join(',')}}`;
  }

  #add(path: string, value: Json): boolean {
    const place = this.#find(path);
    return place !== undefined && insert(place.container, place.key, value);
  }

  #remove(path: string): boolean {
    const place = this.#find(path);
    return place !== undefined && take(place.container, place.key);
  }

  /** A key that is not there is made, an index that is not there is none. */
  #replace(path: string, value: Json): boolean {
    if (path === '') {
      if (typeof value !== 'object' || value === null) return false;
      this.root = value;
      this.#read.add(value);
      return true;
    }
    const place = this.#find(path);
    if (!place || !look(place.container, place.key)) return false;
    put(place.container, place.key, value);
    return true;
  }

  #move(from: string, path: string): boolean {
    const source = this.#find(from);
    const found = source && look(source.container, source.key);
    if (!found || !take(source.container, source.key)) return false;
    return this.#add(path, found.value);
  }

  #copy(from: string, path: string): boolean {
    const source = this.#find(from);
    const found = source && look(source.container, source.key);
    return found !== undefined && this.#add(path, copyOf(found.value));
  }

  /** What is not there is equal to null. */
  #test(path: string, value: Json): boolean {
    const place = path === '' ? undefined : this.#find(path);
    const found = path === '' ? { value: this.root } : place && look(place.container, place.key);
    if (!found || !isEqual(found.value ?? null, value)) return false;
    this.#readAll(found.value);
    return true;
  }

  #readAll(value: Json): void {
    if (typeof value !== 'object' || value === null) return;
    this.#read.add(value);
    for (const part of Object.values(value)) this.#readAll(part);
  }

  /** The object or list that the last part of a path is in, and that part. What stands before the first slash does not count. */
  #find(path: string): { readonly container: Container; readonly key: string } | undefined {
    const parts = path.split('/').slice(1).map(unescaped);
    const key = parts.pop();
    if (key === undefined && !path.includes('/')) return undefined;
    let container = this.root as Container;
    for (const part of parts) {
      const next = look(container, part)?.value;
      if (typeof next !== 'object' || next === null) return undefined;
      this.#read.add(next);
      container = next as Container;
    }
    return { container, key: key! };
  }
}

const copyOf = (value: Json): Json => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json));

const valueOf = ({ value }: JsonMap): Json => copyOf(value);

const unescaped = (part: string) => part.replace(/~[01]/g, (escape) => (escape === '~1' ? '/' : '~'));

/** As strconv.Atoi; a negative index counts from the end. */
function indexIn(key: string, length: number): number | undefined {
  if (!/^[+-]?\d+$/.test(key)) return undefined;
  const index = Number(key) < 0 ? Number(key) + length : Number(key);
  return index >= 0 ? index : undefined;
}

function look(container: Container, key: string): { readonly value: Json } | undefined {
  if (!Array.isArray(container)) return { value: Object.hasOwn(container, key) ? container[key] : undefined };
  const index = indexIn(key, container.length);
  return index === undefined || index >= container.length ? undefined : { value: container[index] };
}

function put(container: Container, key: string, value: Json): void {
  if (Array.isArray(container)) container[indexIn(key, container.length)!] = value;
  else Object.defineProperty(container, key, { value, enumerable: true, writable: true, configurable: true });
}

function insert(container: Container, key: string, value: Json): boolean {
  if (!Array.isArray(container)) put(container, key, value);
  else {
    const index = key === '-' ? container.length : indexIn(key, container.length + 1);
    if (index === undefined || index > container.length) return false;
    container.splice(index, 0, value);
  }
  return true;
}

function take(container: Container, key: string): boolean {
  if (!Array.isArray(container)) return Object.hasOwn(container, key) && delete container[key];
  const index = indexIn(key, container.length);
  if (index === undefined || index >= container.length) return false;
  container.splice(index, 1);
  return true;
}
