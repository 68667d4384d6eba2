// Messages in the wire format of protocol buffers, written from their fields.

/** A field: its number, and a number, a text or the fields of a message inside. */
export type Field = readonly [number: number, value: number | bigint | boolean | string | readonly Field[]];

export function encodeMessage(fields: readonly Field[]): Buffer {
  return Buffer.concat(fields.flatMap(([number, value]) => encodeField(number, value)));
}

function encodeField(number: number, value: Field[1]): readonly Buffer[] {
  if (typeof value !== 'string' && typeof value !== 'object') return [varint(BigInt(number << 3)), varint(BigInt(value))];
  const content = typeof value === 'string' ? Buffer.from(value) : encodeMessage(value);
  return [varint(BigInt((number << 3) | 2)), varint(BigInt(content.length)), content];
}

/** Seven bits a byte, the lowest first; negative numbers in two's complement of 64 bits. */
function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
    if (rest < 0x80n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
}
