// One JSON value → one Go value, as sigs.k8s.io/json fills it in and encoding/json writes it back: unknown fields and nulls drop out,
// quantities and times become canonical, empty values go where the field says omitempty, structs are always there.
import { decodeBase64, encodeBase64 } from '../kube/base64.ts';
import { canonicalQuantity } from '../kube/quantity.ts';
import { quote } from '../kube/quote.ts';
import { formatMicroTime, formatTime, parseGoTime } from '../kube/time.ts';
import type { GoStruct, GoType, WireField } from './go-types.ts';
import { structOf } from './go-types.ts';
import { entriesOf, Entries, isInteger, isNumber, isObject, jsonKind, numberText, plain } from './json-value.ts';
import { noteEmpty, noteEmptyWithin } from './sent-empty.ts';
import { isLeftOut, zeroOf } from './zero.ts';

export interface Decoded {
  readonly value: unknown;
  /** `unknown field "spec.foo"`, `duplicate field "spec.replicas"`: errors only where the request is strict. At most 100. */
  readonly strictErrors: readonly string[];
}

/** Reads a value into the struct of this name. The first wrong type in document order is the error; the rest is still read. */
export function decodeStruct(name: string, value: unknown): Decoded | { readonly error: string } {
  const reading = new Reading();
  try {
    const result = reading.value({ is: 'struct', name, text: structOf(name).text }, value);
    if (reading.error !== undefined) return { error: reading.error };
    if (reading.hasEmpty) noteEmptyWithin(result as object);
    return { value: result, strictErrors: [...reading.strictErrors] };
  } catch (error) {
    if (error instanceof Stop) return { error: error.message };
    throw error;
  }
}

/** One thing that decoding found wrong, and where. */
export interface DecodeProblem {
  readonly what: 'type' | 'unknown' | 'duplicate';
  readonly path: readonly (string | number)[];
  /** As in the server's answer, behind `cannot be handled as a …: `. */
  readonly message: string;
}

/** Everything that is wrong with a value, in document order: an editor shows it all where the server stops at the first. */
export function problemsOfStruct(name: string, value: unknown): readonly DecodeProblem[] {
  const problems: DecodeProblem[] = [];
  new Reading(problems).value({ is: 'struct', name, text: structOf(name).text }, value);
  return problems;
}

/** A type that reads its own JSON failed: Go then stops at once. Thrown inside this file only. */
class Stop extends Error {}

class Reading {
  /** The first wrong type. */
  error: string | undefined;
  readonly strictErrors = new Set<string>();
  /** Some list or map was sent empty. */
  hasEmpty = false;
  /** The struct whose field is being read, and the way to it: json names, with the names of embedded structs between. */
  #struct = '';
  readonly #stack: string[] = [];
  /** The way in the value: 'spec', 'containers', 0. */
  readonly #path: (string | number)[] = [];
  /** Where there is such a list, nothing stops the reading. */
  readonly #problems: DecodeProblem[] | undefined;

  constructor(problems?: DecodeProblem[]) {
    this.#problems = problems;
  }

  value(type: GoType, value: unknown): unknown {
    if (value === null || value === undefined) return zeroOf(type);
    switch (type.is) {
      case 'pointer':
        return this.value(type.to, value);
      case 'struct':
        return isObject(value) ? this.#object(type.name, value) : this.#wrong(type, value);
      case 'slice':
        return Array.isArray(value) ? this.#slice(type.of, value) : this.#wrong(type, value);
      case 'map':
        return isObject(value) ? this.#map(type.of, value) : this.#wrong(type, value);
      case 'string':
        return typeof value === 'string' ? value : this.#wrong(type, value);
      case 'bool':
        return typeof value === 'boolean' ? value : this.#wrong(type, value);
      case 'int':
        return isInteger(value, type.bits) ? Number(numberText(value)) : this.#wrong(type, value, true);
      case 'float64':
        return isNumber(value) && Number.isFinite(Number(numberText(value))) ? Number(numberText(value)) : this.#wrong(type, value, true);
      case 'bytes':
        return typeof value === 'string' || Array.isArray(value) ? this.#bytes(value) : this.#wrong(type, value);
      case 'self':
        return this.#self(type.text, value);
    }
  }

  #object(name: string, value: object): unknown {
    const { struct, missing, empty } = planOf(name);
    const before = this.#struct;
    const slots = [...empty];
    if (value instanceof Entries) for (const [key, one] of value.list) this.#field(struct, slots, key, one);
    else for (const key of Object.keys(value)) this.#field(struct, slots, key, (value as Readonly<Record<string, unknown>>)[key]);
    this.#struct = before;
    return this.#written(struct, missing, slots);
  }

  #field(struct: GoStruct, slots: unknown[], key: string, value: unknown): void {
    const field = struct.byJson.get(key);
    if (!field) return this.#strict('unknown', key);
    if (slots[field.position] !== undefined) this.#strict('duplicate', key);
    const depth = this.#stack.length;
    this.#struct = struct.short;
    for (const embedded of field.within) this.#stack.push(embedded);
    this.#stack.push(key);
    this.#path.push(key);
    slots[field.position] = this.value(field.type, value) ?? null;
    this.#path.pop();
    this.#stack.length = depth;
  }

  #map(of: GoType, value: object): unknown {
    const map = new Map<string, unknown>();
    for (const [key, one] of entriesOf(value)) {
      if (map.has(key)) this.#strict('duplicate', key);
      this.#path.push(key);
      map.set(key, this.value(of, one) ?? null);
      this.#path.pop();
    }
    // Go writes maps sorted by key.
    return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #slice(of: GoType, values: readonly unknown[]): unknown {
    return values.map((one, i) => {
      this.#path.push(i);
      const value = this.value(of, one);
      this.#path.pop();
      return value ?? null;
    });
  }

  /** Base64 text, or a list of numbers from 0 to 255. */
  #bytes(value: string | readonly unknown[]): string | undefined {
    if (typeof value !== 'string') {
      const bytes = value.map((one) =>
        one === null ? 0 : isInteger(one, 32) && Number(numberText(one)) >>> 8 === 0 ? Number(numberText(one)) : this.#wrong(byte, one, true),
      );
      return encodeBase64(Uint8Array.from(bytes, (one) => one ?? 0));
    }
    const decoded = decodeBase64(value);
    if ('bytes' in decoded) return encodeBase64(decoded.bytes);
    return this.#note(decoded.error);
  }

  #self(text: string, value: unknown): unknown {
    switch (text) {
      case 'resource.Quantity': {
        const read = canonicalQuantity(typeof value === 'string' ? value.trim() : isNumber(value) ? numberText(value) : JSON.stringify(plain(value)));
        return 'error' in read ? this.#stop(read.error) : read.text;
      }
      case 'v1.Time':
      case 'v1.MicroTime': {
        if (typeof value !== 'string') return this.#stop(this.#typeError(jsonKind(value), 'string'));
        const read = parseGoTime(value, text === 'v1.Time' ? 'time' : 'microTime');
        if ('error' in read) return this.#stop(read.error);
        return read.ms === zeroTime ? null : text === 'v1.Time' ? formatTime(read.ms) : formatMicroTime(read.ms);
      }
      case 'intstr.IntOrString':
        if (typeof value === 'string') return value;
        return isInteger(value, 32)
          ? Number(numberText(value))
          : this.#stop(this.#typeError(isNumber(value) ? `number ${numberText(value)}` : jsonKind(value), 'int32'));
      default:
        return plain(value);
    }
  }

  /** The object of these slots in declaration order, as Go would write it. */
  #written(struct: GoStruct, missing: readonly unknown[], slots: readonly unknown[]): unknown {
    const object: Record<string, unknown> = {};
    for (let i = 0; i < missing.length; i++) {
      const value = slots[i] ?? missing[i];
      if (value === undefined) continue;
      const field = struct.wire[i] as WireField;
      const isSent = slots[i] !== undefined;
      if (!isSent || !isLeftOut(field, value)) object[field.json] = value;
      if (isSent && isEmpty(field.type, value)) {
        this.hasEmpty = true;
        noteEmpty(object, field.json);
      }
    }
    return object;
  }

  #wrong(type: GoType, value: unknown, showNumber = false): undefined {
    const what = showNumber && isNumber(value) ? `number ${numberText(value)}` : jsonKind(value);
    return this.#note(this.#typeError(what, type.text));
  }

  #note(message: string): undefined {
    this.error ??= message;
    this.#problems?.push({ what: 'type', path: [...this.#path], message });
    return undefined;
  }

  #stop(message: string): undefined {
    if (!this.#problems) throw new Stop(message);
    return this.#note(message);
  }

  #typeError(what: string, type: string): string {
    const where = this.#stack.length === 0 ? 'Go value' : `Go struct field ${this.#struct}.${this.#stack.join('.')}`;
    return `json: cannot unmarshal ${what} into ${where} of type ${type}`;
  }

  #strict(what: 'unknown' | 'duplicate', key: string): void {
    if (this.strictErrors.size >= 100) return;
    const path = [...this.#path, key];
    const message = `${what} field ${quote(pathText(path))}`;
    this.strictErrors.add(message);
    this.#problems?.push({ what, path, message });
  }
}

/** ['spec', 'containers', 0, 'image'] → 'spec.containers[0].image', as strict errors write it. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}

// ---- writing back ----

interface Plan {
  readonly struct: GoStruct;
  /** By position: what is written of a field that was not sent; undefined for nothing. Structs are shared, so they are frozen. */
  readonly missing: readonly unknown[];
  /** As many undefined: copying it is the quickest way to a dense list. */
  readonly empty: readonly unknown[];
}

const plans = new Map<string, Plan>();

function planOf(name: string): Plan {
  let plan = plans.get(name);
  if (!plan) {
    const struct = structOf(name);
    const missing = struct.wire.map((field) => {
      const zero = zeroOf(field.type);
      return isLeftOut(field, zero) ? undefined : zero;
    });
    plans.set(name, (plan = { struct, missing, empty: missing.map(() => undefined) }));
  }
  return plan;
}

/** An empty list or map: storage does not tell it from nothing. */
const isEmpty = ({ is }: GoType, value: unknown) => (is === 'slice' || is === 'map') && value !== null && Object.keys(value as object).length === 0;

const byte: GoType = { is: 'int', bits: 32, text: 'uint8' };
const zeroTime = Date.parse('0001-01-01T00:00:00Z');
