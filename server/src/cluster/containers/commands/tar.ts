// tar, as far as `kubectl cp` and people need it: cf, xf, tf, to and from files or the standard streams. The ustar format (POSIX 1988).
import { optionsOf, inputOf, readFile, type Call, type CommandProgram } from './program.ts';

const block = 512;
const most = 5_000;

export const tar: CommandProgram = function* (call) {
  const letters = (call.args[0] ?? '').replace(/^-/, '');
  const { options, operands } = optionsOf(call.args.slice(1), 'fC');
  const given = (letter: string) => options.find((option) => option.startsWith(`-${letter}`))?.slice(2);
  const words = [...operands];
  const archive = letters.includes('f') ? words.shift() : given('f');
  const folder = call.machine.files.resolve(call.cwd, given('C') ?? '.');
  if (letters.includes('c')) return create({ ...call, cwd: folder }, words, archive, call.cwd);
  if (!letters.includes('x') && !letters.includes('t')) {
    call.stderr.write('tar: must specify one of -c, -t, -x\n');
    return 2;
  }
  const bytes = archive === undefined || archive === '-' ? yield* inputOf(call, []) : readFile(call, archive);
  if (bytes === undefined) return 1;
  if (letters.includes('x') && call.machine.files.kindOf(folder) !== 'folder') {
    call.stderr.write(`tar: can't change directory to '${given('C')}': No such file or directory\n`);
    return 1;
  }
  return letters.includes('x') ? extract(call, bytes, folder) : list(call, bytes);
};

interface Member {
  readonly name: string;
  readonly mode: number;
  readonly isFolder: boolean;
  readonly content: string;
}

function* members(bytes: string): Generator<Member> {
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
        isFolder: kind === '5',
        content,
      };
      longName = undefined;
    }
  }
}

function extract(call: Call, bytes: string, folder: string): number {
  const { files } = call.machine;
  for (const { name, mode, isFolder, content } of members(bytes)) {
    const path = files.resolve('/', `${folder}/${files.resolve('/', name)}`);
    if (isFolder) {
      files.makeFolder(path);
      continue;
    }
    files.makeFolder(path.slice(0, path.lastIndexOf('/')) || '/');
    const why = files.whyNotWritable(path);
    if (why !== undefined) {
      call.stderr.write(`tar: can't open '${name}': ${why}\n`);
      return 1;
    }
    files.write(path, content, false, mode);
  }
  return 0;
}

function list(call: Call, bytes: string): number {
  for (const { name } of members(bytes)) call.stdout.write(`${name}\n`);
  return 0;
}

function create(call: Call, names: readonly string[], archive: string | undefined, cwd: string): number {
  const { files } = call.machine;
  let bytes = '';
  let code = 0;
  const add = (path: string, name: string) => {
    const entry = files.get(path);
    if (!entry) {
      call.stderr.write(`tar: ${name}: No such file or directory\n`);
      code = 1;
      return;
    }
    const stored = name.replace(/^\/+/, '');
    bytes += header(entry.bytes === undefined ? `${stored}/` : stored, entry.bytes?.length ?? 0, entry.mode, entry.changedAt, entry.bytes === undefined);
    bytes += entry.bytes === undefined ? '' : entry.bytes.padEnd(Math.ceil(entry.bytes.length / block) * block, '\0');
    for (const inner of files.list(path) ?? []) add(`${path === '/' ? '' : path}/${inner}`, `${name}/${inner}`);
  };
  for (const name of names) add(files.resolve(call.cwd, name), name.replace(/(?<=.)\/+$/, ''));
  bytes += '\0'.repeat(2 * block);
  if (archive === undefined || archive === '-') call.stdout.write(bytes);
  else files.write(files.resolve(cwd, archive), bytes, false);
  return code;
}

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
