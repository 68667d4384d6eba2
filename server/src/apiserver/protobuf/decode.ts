// Kubernetes objects in protocol buffers → the JSON form of the same object. kubectl since 1.32 sends some bodies this way.
//
// The Go structs say which field has which number, so one walk along them decodes every kind.
import { structOf, type GoField, type GoType } from '../../schema/go-types.ts';
import { formatTime, formatMicroTime } from '../../kube/time.ts';
import { BrokenMessage, fieldsIn, type WireValue } from './wire.ts';

/** 'k8s' and a zero byte begin every body; then comes a runtime.Unknown with the object inside. */
const magic = Buffer.from([0x6b, 0x38, 0x73, 0x00]);
/** Deeper than any object that a client means. */
const deepest = 100;

export interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Buffer;
}

export function readEnvelope(body: Buffer): Envelope | { readonly error: string } {
  if (!body.subarray(0, magic.length).equals(magic)) {
    return { error: `provided data does not appear to be a protobuf message, expected prefix [${[...magic].join(' ')}]` };
  }
  return guarded(() => {
    let [apiVersion, kind, raw] = ['', '', Buffer.alloc(0)];
    for (const { number, value } of fieldsIn(body.subarray(magic.length))) {
      if (number === 1)
        for (const part of fieldsIn(bytesOf(value))) [apiVersion, kind] = part.number === 1 ? [textOf(part.value), kind] : [apiVersion, textOf(part.value)];
      if (number === 2) raw = Buffer.from(bytesOf(value));
    }
    return { apiVersion, kind, raw };
  });
}

/** `type`: the name of the Go struct. */
export function decodeMessage(type: string, raw: Buffer): { readonly value: Readonly<Record<string, unknown>> } | { readonly error: string } {
  return guarded(() => ({ value: structFrom(type, raw, 0) }));
}

function guarded<T extends object>(read: () => T): T | { readonly error: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof BrokenMessage) return { error: error.message };
    throw error;
  }
}

type Value = Record<string, unknown>;

function structFrom(type: string, raw: Buffer, depth: number): Value {
  if (depth > deepest) throw new BrokenMessage(`more than ${deepest} messages inside each other`);
  const fields = numbered(type);
  const object: Value = {};
  for (const { number, value } of fieldsIn(raw)) {
    const field = fields.get(number);
    if (!field) continue;
    // The fields of an embedded struct stand in its place.
    if (field.json === '') Object.assign(object, valueFrom(field.type, value, depth + 1));
    else object[field.json] = added(field.type, object[field.json], value, depth + 1);
  }
  return object;
}

const byNumber = new Map<string, ReadonlyMap<number, GoField>>();

function numbered(type: string): ReadonlyMap<number, GoField> {
  let fields = byNumber.get(type);
  if (!fields) {
    fields = new Map(structOf(type).fields.flatMap((field) => (field.number === undefined ? [] : [[field.number, field] as const])));
    byNumber.set(type, fields);
  }
  return fields;
}

/** Of lists and maps every occurrence is one more element; of anything else the last one counts. */
function added(type: GoType, before: unknown, value: WireValue, depth: number): unknown {
  // A list with a name of its own is a message that holds the list.
  if (type.is === 'slice' && !type.text.startsWith('[]')) return [...fieldsIn(bytesOf(value))].map((item) => valueFrom(type.of, item.value, depth));
  if (type.is === 'slice') {
    const list = (before as unknown[] | undefined) ?? [];
    list.push(valueFrom(type.of, value, depth));
    return list;
  }
  if (type.is === 'map') {
    const map = (before as Value | undefined) ?? {};
    const [key, element] = entryFrom(type.of, bytesOf(value), depth);
    Object.defineProperty(map, key, { value: element, enumerable: true, writable: true, configurable: true });
    return map;
  }
  return valueFrom(type, value, depth);
}

function entryFrom(type: GoType, raw: Buffer, depth: number): readonly [key: string, value: unknown] {
  let key = '';
  let element: unknown;
  for (const { number, value } of fieldsIn(raw)) {
    if (number === 1) key = textOf(value);
    if (number === 2) element = added(type, undefined, value, depth);
  }
  return [key, element ?? emptyOf(type)];
}

const emptyOf = (type: GoType): unknown => (type.is === 'struct' ? {} : type.is === 'slice' ? [] : '');

function valueFrom(type: GoType, value: WireValue, depth: number): unknown {
  switch (type.is) {
    case 'pointer':
      return added(type.to, undefined, value, depth);
    case 'struct':
      return structFrom(type.name, bytesOf(value), depth);
    case 'string':
      return textOf(value);
    case 'bytes':
      return bytesOf(value).toString('base64');
    case 'bool':
      return numberOf(value) !== 0;
    case 'int':
      return numberOf(value);
    case 'float64':
      return value.is === 'double' ? value.value : numberOf(value);
    case 'self':
      return selfFrom(type.text, bytesOf(value));
    default:
      return added(type, undefined, value, depth);
  }
}

/** The types that write their own JSON write their own messages too. */
function selfFrom(type: string, raw: Buffer): unknown {
  const parts = new Map([...fieldsIn(raw)].map(({ number, value }) => [number, value]));
  const number = (at: number) => (parts.has(at) ? numberOf(parts.get(at)!) : 0);
  const text = (at: number) => (parts.has(at) ? textOf(parts.get(at)!) : '');
  switch (type) {
    case 'resource.Quantity':
      return text(1) || '0';
    case 'v1.Time':
      return raw.length === 0 ? null : formatTime(number(1) * 1000);
    case 'v1.MicroTime':
      return raw.length === 0 ? null : formatMicroTime(number(1) * 1000 + Math.floor(number(2) / 1e6));
    case 'intstr.IntOrString':
      return number(1) === 1 ? text(3) : number(2);
    case 'v1.Duration':
      return `${number(1)}ns`;
    default:
      return jsonIn(text(1));
  }
}

/** RawExtension, FieldsV1 and JSON hold a JSON text. */
function jsonIn(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new BrokenMessage('a field that holds JSON does not hold JSON');
  }
}

function bytesOf(value: WireValue): Buffer {
  if (value.is !== 'bytes') throw new BrokenMessage('proto: wrong wireType = 0');
  return value.value;
}

const textOf = (value: WireValue) => bytesOf(value).toString('utf8');

/** Whole numbers are written in two's complement of 64 bits. */
function numberOf(value: WireValue): number {
  if (value.is === 'bytes') throw new BrokenMessage('proto: wrong wireType = 2');
  return value.is === 'double' ? value.value : Number(BigInt.asIntN(64, value.value));
}
