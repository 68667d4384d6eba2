// tar, as far as `kubectl cp` and people need it: cf, xf, tf, to and from files or the standard streams.
import { archiveEnd, archived, members } from '../files/archive.ts';
import { optionsOf, inputOf, readFile, type Call, type CommandProgram } from './program.ts';

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

function extract(call: Call, bytes: string, folder: string): number {
  const { files } = call.machine;
  for (const { name, mode, content } of members(bytes)) {
    const path = files.resolve('/', `${folder}/${files.resolve('/', name)}`);
    if (content === undefined) {
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
    bytes += archived({ name: name.replace(/^\/+/, ''), mode: entry.mode, changedAt: entry.changedAt, content: entry.bytes });
    for (const inner of files.list(path) ?? []) add(`${path === '/' ? '' : path}/${inner}`, `${name}/${inner}`);
  };
  for (const name of names) add(files.resolve(call.cwd, name), name.replace(/(?<=.)\/+$/, ''));
  bytes += archiveEnd;
  if (archive === undefined || archive === '-') call.stdout.write(bytes);
  else files.write(files.resolve(cwd, archive), bytes, false);
  return code;
}
