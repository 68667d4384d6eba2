// The headers of SPDY streams: pairs of texts with their lengths, compressed as one stream over the whole connection.
import { constants, createDeflate, createInflate } from 'node:zlib';
import { dictionary } from './dictionary.ts';

export type HeaderBlock = Readonly<Record<string, string>>;

const most = 64 * 1024;

export class HeaderCodec {
  readonly #inflate = createInflate({ dictionary, finishFlush: constants.Z_SYNC_FLUSH });
  readonly #deflate = createDeflate({ dictionary });

  /** Rejects when the bytes are not what they should be. */
  async decode(bytes: Buffer): Promise<HeaderBlock> {
    const plain = await new Promise<Buffer>((resolve, reject) => {
      this.#inflate.once('error', reject);
      this.#inflate.write(bytes, () => {
        this.#inflate.off('error', reject);
        resolve((this.#inflate.read() as Buffer | null) ?? Buffer.alloc(4));
      });
    });
    if (plain.length > most) throw new Error('headers are too long');
    return read(plain);
  }

  encode(headers: HeaderBlock): Promise<Buffer> {
    return new Promise((resolve) => {
      this.#deflate.write(write(headers));
      this.#deflate.flush(constants.Z_SYNC_FLUSH, () => resolve((this.#deflate.read() as Buffer | null) ?? Buffer.alloc(0)));
    });
  }

  close(): void {
    this.#inflate.on('error', () => {}).destroy();
    this.#deflate.on('error', () => {}).destroy();
  }
}

function read(bytes: Buffer): HeaderBlock {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  let at = 4;
  const text = () => {
    const length = bytes.readUInt32BE(at);
    const value = bytes.toString('latin1', at + 4, at + 4 + length);
    at += 4 + length;
    return value;
  };
  for (let i = bytes.readUInt32BE(0); i > 0; i--) {
    const name = text().toLowerCase();
    headers[name] = text();
  }
  return headers;
}

function write(headers: HeaderBlock): Buffer {
  const pairs = Object.entries(headers);
  const parts: Buffer[] = [length(pairs.length)];
  for (const word of pairs.flat()) parts.push(length(Buffer.byteLength(word)), Buffer.from(word));
  return Buffer.concat(parts);
}

function length(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
