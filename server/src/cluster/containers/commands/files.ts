// Programs about files: ls, mkdir, rm, cp, mv, touch, stat, find, mount.
import { momentOf } from '../calendar.ts';
import { matches } from '../shell/pattern.ts';
import { test } from './test.ts';
import { optionsOf, simple, type Call, type CommandProgram } from './program.ts';

const missing = 'No such file or directory';

const modeText = (mode: number, isFolder: boolean): string =>
  (isFolder ? 'd' : '-') + [6, 3, 0].map((shift) => ['r', 'w', 'x'].map((letter, i) => ((mode >> shift) & (4 >> i) ? letter : '-')).join('')).join('');

function timeText(at: number): string {
  const { monthName, day, clock } = momentOf(at);
  return `${monthName} ${day.replace(/^0/, ' ')} ${clock.slice(0, 5)}`;
}

function ls(call: Call): number {
  const { machine, cwd, stdout, stderr } = call;
  const { options, operands } = optionsOf(call.args, '');
  const has = (letter: string) => options.some((option) => /^-[a-zA-Z0-9]+$/.test(option) && option.includes(letter));
  const row = (path: string, name: string) => {
    const entry = machine.files.get(path);
    if (!has('l')) return `${name}\n`;
    const isFolder = entry?.bytes === undefined;
    return `${modeText(entry?.mode ?? 0o755, isFolder)}    1 root     root     ${String(isFolder ? 4096 : entry.bytes!.length).padStart(9)} ${timeText(entry?.changedAt || machine.startedAt)} ${name}\n`;
  };
  let code = 0;
  const names = operands.length > 0 ? operands : ['.'];
  for (const name of names) {
    const path = machine.files.resolve(cwd, name);
    const kind = machine.files.kindOf(path);
    if (kind === undefined) {
      stderr.write(machine.image === 'busybox' || machine.image === 'alpine' ? `ls: ${name}: ${missing}\n` : `ls: cannot access '${name}': ${missing}\n`);
      code = machine.image === 'busybox' || machine.image === 'alpine' ? 1 : 2;
      continue;
    }
    if (kind === 'file' || has('d')) {
      stdout.write(row(path, name));
      continue;
    }
    if (names.length > 1) stdout.write(`${name}:\n`);
    const all = (machine.files.list(path) ?? []).filter((one) => has('a') || has('A') || !one.startsWith('.'));
    const rows = [...(has('a') ? ['.', '..'] : []), ...all].map((one) => row(machine.files.resolve(path, one), one));
    stdout.write(`${has('l') ? `total ${all.length * 4}\n` : ''}${rows.join('')}`);
  }
  return code;
}

/** Runs for each operand; the text it returns says what went wrong. */
const forEach = (act: (call: Call, path: string, options: readonly string[], given: string) => string | undefined): CommandProgram =>
  simple((call) => {
    const { options, operands } = optionsOf(call.args, 'm');
    let code = 0;
    for (const given of operands) {
      const problem = act(call, call.machine.files.resolve(call.cwd, given), options, given);
      if (problem === undefined) continue;
      call.stderr.write(`${call.name}: ${problem}\n`);
      code = 1;
    }
    return code;
  });

const isForced = (options: readonly string[]) => options.some((option) => /^-\w*f/.test(option));

function copy(call: Call, isMove: boolean): number {
  const { files } = call.machine;
  const { operands } = optionsOf(call.args, '');
  const to = files.resolve(call.cwd, operands.at(-1) ?? '');
  let code = 0;
  for (const given of operands.slice(0, -1)) {
    const from = files.resolve(call.cwd, given);
    const target = files.kindOf(to) === 'folder' ? `${to}/${from.slice(from.lastIndexOf('/') + 1)}` : to;
    const problem = files.kindOf(from) === undefined ? `can't stat '${given}': ${missing}` : copyTree(call, from, target);
    if (problem === undefined && isMove) files.remove(from);
    if (problem === undefined) continue;
    call.stderr.write(`${call.name}: ${problem}\n`);
    code = 1;
  }
  return code;
}

function copyTree(call: Call, from: string, to: string): string | undefined {
  const { files } = call.machine;
  const content = files.read(from);
  if ('error' in content) {
    if (to.startsWith(`${from}/`) || !files.makeFolder(to)) return `can't create directory '${to}'`;
    for (const name of files.list(from) ?? []) copyTree(call, `${from}/${name}`, `${to}/${name}`);
    return undefined;
  }
  const why = files.whyNotWritable(to);
  if (why === undefined) files.write(to, content.bytes, false, files.get(from)?.mode);
  return why === undefined ? undefined : `can't create '${to}': ${why}`;
}

const find = simple((call) => {
  const { files } = call.machine;
  const first = call.args.findIndex((arg) => arg.startsWith('-'));
  const roots = call.args.slice(0, first < 0 ? undefined : first);
  const value = (option: string) => call.args[call.args.indexOf(option) + 1];
  const pattern = call.args.includes('-name') ? value('-name') : undefined;
  const type = call.args.includes('-type') ? value('-type') : undefined;
  const walk = (path: string, shown: string, depth: number) => {
    const kind = files.kindOf(path);
    if (kind === undefined || depth > 40) return;
    const name = shown.slice(shown.lastIndexOf('/') + 1);
    if ((pattern === undefined || matches(pattern, name)) && (type === undefined || (type === 'd') === (kind === 'folder'))) call.stdout.write(`${shown}\n`);
    for (const inner of files.list(path) ?? []) walk(`${path === '/' ? '' : path}/${inner}`, `${shown === '/' ? '' : shown}/${inner}`, depth + 1);
  };
  for (const root of roots.length > 0 ? roots : ['.']) walk(files.resolve(call.cwd, root), root, 0);
  return 0;
});

export const fileCommands: Readonly<Record<string, CommandProgram>> = {
  basename: simple(({ args: [path = '', suffix = ''], stdout }) => {
    const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
    stdout.write(`${suffix !== '' && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name}\n`);
    return 0;
  }),
  chmod: simple(({ args, machine, cwd, stderr }) => {
    const [mode = '', ...names] = args.filter((arg) => !/^-[a-zA-Z]+$/.test(arg) || arg.endsWith('x'));
    for (const name of names) {
      const path = machine.files.resolve(cwd, name);
      const before = machine.files.get(path)?.mode ?? 0o644;
      const next = /^[0-7]+$/.test(mode) ? Number.parseInt(mode, 8) : mode.includes('+x') ? before | 0o111 : before;
      if (machine.files.changeMode(path, next)) continue;
      stderr.write(`chmod: ${name}: ${machine.files.get(path) ? 'Read-only file system' : missing}\n`);
      return 1;
    }
    return 0;
  }),
  chown: simple(() => 0),
  cp: simple((call) => copy(call, false)),
  dirname: simple(({ args: [path = ''], stdout }) => {
    const slash = path.replace(/\/+$/, '').lastIndexOf('/');
    stdout.write(`${slash < 0 ? '.' : path.slice(0, slash) || '/'}\n`);
    return 0;
  }),
  du: forEach(({ stdout }, path, _options, given) => void stdout.write(`4\t${given || path}\n`)),
  find,
  ln: simple(() => 0),
  ls: simple(ls),
  mkdir: forEach(({ machine: { files } }, path, options, given) => {
    const deep = options.some((option) => /^-\w*p/.test(option));
    if (files.kindOf(path) !== undefined) return deep && files.kindOf(path) === 'folder' ? undefined : `can't create directory '${given}': File exists`;
    if (!deep && files.kindOf(path.slice(0, path.lastIndexOf('/')) || '/') !== 'folder') return `can't create directory '${given}': ${missing}`;
    return files.makeFolder(path) ? undefined : `can't create directory '${given}': Read-only file system`;
  }),
  mount: simple(({ machine, stdout }) => {
    for (const { path, readOnly } of [...machine.files.mounts].reverse())
      stdout.write(`${path === '/' ? 'overlay' : '/dev/sda1'} on ${path} type ${path === '/' ? 'overlay' : 'ext4'} (${readOnly ? 'ro' : 'rw'},relatime)\n`);
    return 0;
  }),
  mv: simple((call) => copy(call, true)),
  readlink: simple(({ args, machine, cwd, stdout }) => {
    stdout.write(`${machine.files.resolve(cwd, args.at(-1) ?? '')}\n`);
    return 0;
  }),
  rm: forEach(({ machine: { files } }, path, options, given) => {
    const kind = files.kindOf(path);
    if (kind === undefined) return isForced(options) ? undefined : `can't remove '${given}': ${missing}`;
    if (kind === 'folder' && !options.some((option) => /^-\w*[rR]/.test(option))) return `'${given}' is a directory`;
    return files.remove(path) ? undefined : `can't remove '${given}': Read-only file system`;
  }),
  rmdir: forEach(({ machine: { files } }, path, _options, given) => {
    if (files.kindOf(path) !== 'folder') return `'${given}': ${files.kindOf(path) === undefined ? missing : 'Not a directory'}`;
    if (files.list(path)!.length > 0) return `'${given}': Directory not empty`;
    return files.remove(path) ? undefined : `'${given}': Read-only file system`;
  }),
  stat: forEach(({ machine: { files }, stdout }, path, _options, given) => {
    const entry = files.get(path);
    if (!entry) return `can't stat '${given}': ${missing}`;
    const isFolder = entry.bytes === undefined;
    stdout.write(
      `  File: ${given}\n  Size: ${isFolder ? 4096 : entry.bytes!.length}\t${isFolder ? 'directory' : 'regular file'}\nAccess: (${entry.mode.toString(8).padStart(4, '0')}/${modeText(entry.mode, isFolder)})\n`,
    );
    return undefined;
  }),
  test: simple(({ args, machine, cwd, stderr }) => test(args, machine.files, cwd, (text) => void stderr.write(`test: ${text}\n`))),
  touch: forEach(({ machine: { files } }, path, _options, given) => {
    if (files.kindOf(path) === 'folder') return undefined;
    const why = files.whyNotWritable(path);
    if (why === undefined) files.write(path, '', true);
    return why === undefined ? undefined : `${given}: ${why}`;
  }),
};
