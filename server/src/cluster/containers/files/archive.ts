// Archives as tar writes them: the ustar format (POSIX 1988), with the long names of GNU and PAX when reading.
import type { Bytes } from '../bytes.ts';

const block = 512;
/** Members that are read of one archive. */
const most = 5_000;

/** One file or folder of an archive. */
export interface Member {
  readonly name: string;
  readonly mode: number;
  /** Its bytes; undefined for a folder. */
  readonly content: Bytes | undefined;
}

/** What a broken archive holds up to where it breaks. */
export function* members(bytes: Bytes): Generator<Member> {
  let longName: string | undefined;
  for (let at = 0, count = 0; at + block <= bytes.length && count < most; count++) {
    const header = bytes.slice(at, at + block);
    const text = (from: number, length: number) => header.slice(from, from + length).split('\0')[0]!;
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    if (text(0, 100) === '' || !Number.isFinite(size)) return;
    const content = bytes.slice(at + block, at + block + size);
    at += block + Math.ceil(size / block) * block;
    const kind = header[156];
    const prefix = header.slice(257, 262) === 'ustar' ? text(345, 155) : '';
    // A name that is too long comes before, as a member of its own (GNU), or as a record "27 path=…" (PAX).
    if (kind === 'L') longName = content.split('\0')[0];
    else if (kind === 'x') longName = /\d+ path=([^\n]*)\n/.exec(content)?.[1] ?? longName;
    else if (kind !== 'g') {
      yield {
        name: longName ?? (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`),
        mode: Number.parseInt(text(100, 8), 8) & 0o777,
        content: kind === '5' ? undefined : content,
      };
      longName = undefined;
    }
  }
}

/** One member as it stands in an archive. `changedAt`: milliseconds since 1970. */
export function archived({ name, mode, content, changedAt }: Member & { readonly changedAt: number }): Bytes {
  if (content === undefined) return header(`${name}/`, 0, mode, changedAt, true);
  return header(name, content.length, mode, changedAt, false) + content.padEnd(Math.ceil(content.length / block) * block, '\0');
}

/** Comes behind the last member. */
export const archiveEnd: Bytes = '\0'.repeat(2 * block);

const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;

function header(name: string, size: number, mode: number, changedAt: number, isFolder: boolean): string {
  const slash = name.length > 100 ? name.lastIndexOf('/', 155) : -1;
  const [prefix, short] = slash < 0 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  const build = (sum: string) =>
    `${short.slice(0, 100).padEnd(100, '\0')}${octal(mode, 8)}${octal(0, 8)}${octal(0, 8)}${octal(size, 12)}${octal(Math.floor(changedAt / 1_000), 12)}${sum}${isFolder ? '5' : '0'}${'\0'.repeat(100)}ustar\x0000${'root'.padEnd(32, '\0')}${'root'.padEnd(32, '\0')}${octal(0, 8)}${octal(0, 8)}${prefix.padEnd(155, '\0')}${'\0'.repeat(12)}`;
  let sum = 0;
  for (const byte of build(' '.repeat(8))) sum += byte.charCodeAt(0);
  return build(`${sum.toString(8).padStart(6, '0')}\0 `);
}
