// What go-spew's "%#v" prints of a Go value, from its JSON form. Kubernetes hashes this text (k8s.io/kubernetes/pkg/util/hash), so
// every byte counts: all fields in declaration order, those that are not set too, each with its name and type.
import type { Quantity } from '../../../kube/quantity.ts';
import { quantityOf } from '../../../kube/quantity.ts';
import { parseTime } from '../../../kube/time.ts';
import type { GoType } from '../../../schema/go-types.ts';
import { structOf } from '../../../schema/go-types.ts';

type Json = Readonly<Record<string, unknown>>;
type Printer = (value: unknown) => string;

/** `(v1.PodTemplateSpec){ObjectMeta:(v1.ObjectMeta){Name:(string) …}}` for ('PodTemplateSpec', template). */
export function goDump(struct: string, value: object): string {
  return `(${structOf(struct).text})${printerOf({ is: 'struct', name: struct, text: '' })(value)}`;
}

const structPrinters = new Map<string, Printer>();

function printerOf(type: GoType): Printer {
  switch (type.is) {
    case 'struct': {
      let print = structPrinters.get(type.name);
      if (!print) structPrinters.set(type.name, (print = structPrinter(type.name)));
      return print;
    }
    case 'pointer': {
      const print = lazily(() => printerOf(type.to));
      return (value) => (value === undefined || value === null ? '<nil>' : print(value));
    }
    case 'slice': {
      const print = lazily(() => printerOf(type.of));
      // Stored as protobuf, an empty list comes back as none.
      return (value) => (isEmpty(value) ? '<nil>' : `[${(value as readonly unknown[]).map(print).join(' ')}]`);
    }
    case 'map': {
      const print = lazily(() => printerOf(type.of));
      return (value) => {
        if (isEmpty(value)) return '<nil>';
        const entries = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
        return `map[${entries.map(([key, one]) => `${key}:${print(one)}`).join(' ')}]`;
      };
    }
    case 'string':
      return (value) => (value as string | undefined) ?? '';
    case 'bool':
      return (value) => String(value ?? false);
    case 'int':
    case 'float64':
      return (value) => String(value ?? 0);
    case 'bytes':
      return () => '<nil>';
    case 'self':
      return selfPrinters[type.text] ?? (() => '{}');
  }
}

/** Field texts that never change are made once: of a container's 25 fields most are not set. */
function structPrinter(name: string): Printer {
  let fields: readonly { readonly json: string; readonly start: string; readonly print: Printer; readonly whenMissing: string }[] | undefined;
  return (value) => {
    fields ??= structOf(name).fields.map((field, i) => {
      const start = `${i === 0 ? '' : ' '}${field.name}:(${field.type.text})`;
      const print = printerOf(field.type);
      return { json: field.json, start, print, whenMissing: start + print(undefined) };
    });
    const object = value as Json | undefined;
    let text = '{';
    for (const { json, start, print, whenMissing } of fields) {
      // An embedded struct finds its fields in the same object.
      const one = json === '' ? object : object?.[json];
      text += one === undefined || one === null ? whenMissing : start + print(one);
    }
    return `${text}}`;
  };
}

function lazily(make: () => Printer): Printer {
  let print: Printer | undefined;
  return (value) => (print ??= make())(value);
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) ? value.length === 0 : Object.keys(value as object).length === 0);

const noLocation = 'loc:(*time.Location)<nil>';
/** Seconds from the year 1, where Go's time begins, to 1970. */
const secondsTo1970 = 62135596800;

const selfPrinters: Readonly<Record<string, Printer>> = {
  // A quantity that is not set comes back from storage as "0".
  'resource.Quantity': (value) => printQuantity(quantityOf((value as string | undefined) ?? '0')),
  'intstr.IntOrString': (value) =>
    typeof value === 'string'
      ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`
      : `{Type:(intstr.Type)0 IntVal:(int32)${(value as number | undefined) ?? 0} StrVal:(string)}`,
  'v1.Time': (value) => {
    const ms = parseTime(value as string | undefined);
    return `{Time:(time.Time){wall:(uint64)0 ext:(int64)${ms === undefined ? 0 : ms / 1000 + secondsTo1970} ${noLocation}}}`;
  },
};

function printQuantity({ unscaled, scale, format, isBig, text }: Quantity): string {
  const [value, places] = isBig ? [0n, 0] : [unscaled, scale];
  const big = isBig ? `{unscaled:(big.Int){neg:(bool)${unscaled < 0n} abs:(big.nat)${words(unscaled)}} scale:(inf.Scale)${-scale}}` : '<nil>';
  const small = `i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${places}}`;
  return `{${small} d:(resource.infDecAmount){Dec:(*inf.Dec)${big}} s:(string)${text ?? ''} Format:(resource.Format)${format}}`;
}

/** The 64-bit words of a big number, lowest first. */
function words(value: bigint): string {
  const list: bigint[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 64n) list.push(BigInt.asUintN(64, rest));
  return list.length === 0 ? '<nil>' : `[${list.join(' ')}]`;
}
