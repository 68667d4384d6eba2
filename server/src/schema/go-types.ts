// The Go types behind the API. The server reads JSON into them, so they decide what a field may hold, what a message calls it,
// what is left out when an object is written, and the bytes that the pod template hash is made of.
import { goTypes as json } from './generated/go-types.ts';

export type GoType =
  | { readonly is: 'struct'; readonly name: string; readonly text: string }
  | { readonly is: 'pointer'; readonly to: GoType; readonly text: string }
  | { readonly is: 'slice'; readonly of: GoType; readonly text: string }
  | { readonly is: 'map'; readonly of: GoType; readonly text: string }
  | { readonly is: 'string' | 'bool' | 'float64' | 'bytes'; readonly text: string }
  | { readonly is: 'int'; readonly bits: 32 | 64; readonly text: string }
  /** A type that reads and writes its own JSON. `text` says which: 'resource.Quantity', 'v1.Time', 'intstr.IntOrString'. */
  | { readonly is: 'self'; readonly text: string };

export interface GoField {
  /** Go's name; of an embedded struct the name of its type. */
  readonly name: string;
  /** Name on the wire; '' for a struct whose fields stand in this one's place. */
  readonly json: string;
  readonly type: GoType;
  /** What is left out when written: nothing, empty values, or zero structs too. */
  readonly omit: 'never' | 'empty' | 'zero';
  /** Number in the type's protobuf message; absent for what is in none. An embedded struct is a message of its own there. */
  readonly number?: number;
}

/** A field as seen on the wire, with the names of the embedded structs it lies in. */
export interface WireField extends GoField {
  readonly position: number;
  readonly within: readonly string[];
}

export interface GoStruct {
  /** 'Container': what messages call the struct. */
  readonly short: string;
  /** 'v1.Container': what messages call it as a type. */
  readonly text: string;
  /** In declaration order, embedded structs as one field. */
  readonly fields: readonly GoField[];
  /** In declaration order, embedded structs opened up. */
  readonly wire: readonly WireField[];
  readonly byJson: ReadonlyMap<string, WireField>;
}

type Row = readonly [name: string, json: string, type: string, omit?: 0 | 1 | 2, number?: number];

const { structs, named, registered } = json as {
  structs: Readonly<Record<string, readonly [text: string, ...rows: readonly Row[]]>>;
  named: Readonly<Record<string, string>>;
  registered: Readonly<Record<string, readonly string[]>>;
};

const unpackedStructs = new Map<string, GoStruct>();
const unpackedTypes = new Map<string, GoType>();

/** By the name of the interface in generated/types.ts, or of an embedded struct. Throws for a name that is in no table. */
export function structOf(name: string): GoStruct {
  let struct = unpackedStructs.get(name);
  if (!struct) unpackedStructs.set(name, (struct = unpack(name)));
  return struct;
}

/** Is this kind known to the server's scheme, if only in an old version that is no longer served? */
export function isRegistered(apiVersion: string, kind: string): boolean {
  if (!Object.hasOwn(registered, apiVersion)) return false;
  return (registered[apiVersion] as readonly string[]).includes(kind) || (registered['*'] as readonly string[]).includes(kind);
}

function unpack(name: string): GoStruct {
  const row = Object.hasOwn(structs, name) ? structs[name] : undefined;
  if (!row) throw new Error(`no Go struct is called ${name}`);
  const [text, ...rows] = row;
  const fields = rows.map(([own, json, code, omit, number]): GoField => {
    const type = typeOf(code);
    return { name: own || short(type.text), json, type, omit: omit === 2 ? 'zero' : omit === 1 ? 'empty' : 'never', ...(number && { number }) };
  });
  const wire = flatten(fields, []).map((field, position) => ({ ...field, position }));
  return { short: short(text), text, fields, wire, byJson: new Map(wire.map((field) => [field.json, field])) };
}

function flatten(fields: readonly GoField[], within: readonly string[]): readonly Omit<WireField, 'position'>[] {
  return fields.flatMap((field) => {
    if (field.json !== '') return [{ ...field, within }];
    return field.type.is === 'struct' ? flatten(structOf(field.type.name).fields, [...within, field.name]) : [];
  });
}

const short = (text: string) => text.slice(text.lastIndexOf('.') + 1);

function typeOf(code: string): GoType {
  let type = unpackedTypes.get(code);
  if (!type) unpackedTypes.set(code, (type = readType(code)));
  return type;
}

function readType(code: string): GoType {
  if (code.startsWith('*')) {
    const to = typeOf(code.slice(1));
    return { is: 'pointer', to, text: `*${to.text}` };
  }
  if (code === '[]uint8') return { is: 'bytes', text: code };
  if (code.startsWith('[]')) {
    const of = typeOf(code.slice(2));
    return { is: 'slice', of, text: `[]${of.text}` };
  }
  if (code.startsWith('map[')) {
    const end = code.indexOf(']');
    const of = typeOf(code.slice(end + 1));
    return { is: 'map', of, text: code.slice(0, end + 1) + of.text };
  }
  if (code.startsWith('@')) return { is: 'struct', name: code.slice(1), text: (structs[code.slice(1)] as readonly [string])[0] };
  if (Object.hasOwn(named, code)) {
    const under = named[code] as string;
    return under === 'self' ? { is: 'self', text: code } : { ...typeOf(under), text: code };
  }
  if (code === 'string' || code === 'bool' || code === 'float64') return { is: code, text: code };
  if (code === 'int32' || code === 'int64') return { is: 'int', bits: code === 'int32' ? 32 : 64, text: code };
  return { is: 'self', text: code };
}
