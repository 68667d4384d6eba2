// The wire format of protocol buffers: numbered fields, each a number or some bytes.

export type WireValue =
  | { readonly is: 'number'; readonly value: bigint }
  | { readonly is: 'double'; readonly value: number }
  | { readonly is: 'bytes'; readonly value: Buffer };

export interface WireField {
  readonly number: number;
  readonly value: WireValue;
}

/** Thrown by `fieldsIn`, caught where a message is decoded. */
export class BrokenMessage extends Error {}

/** The fields of a message in the order in which they were written. Throws BrokenMessage. */
export function* fieldsIn(bytes: Buffer): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new BrokenMessage('unexpected EOF');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new BrokenMessage('proto: integer overflow');
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new BrokenMessage('unexpected EOF');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    if (number === 0) throw new BrokenMessage(`proto: illegal tag 0 (wire type ${tag & 7n})`);
    switch (Number(tag & 7n)) {
      case 0:
        yield { number, value: { is: 'number', value: varint() } };
        break;
      case 1:
        yield { number, value: { is: 'double', value: take(8).readDoubleLE() } };
        break;
      case 2:
        yield { number, value: { is: 'bytes', value: take(lengthOf(varint())) } };
        break;
      case 5:
        yield { number, value: { is: 'double', value: take(4).readFloatLE() } };
        break;
      default:
        throw new BrokenMessage(`proto: illegal wireType ${tag & 7n}`);
    }
  }
}

function lengthOf(value: bigint): number {
  if (value > 0x7fff_ffffn) throw new BrokenMessage('proto: negative length found during unmarshaling');
  return Number(value);
}
