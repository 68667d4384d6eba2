// The commands that the shell does itself, because they change it.
import type { Program } from '../pipe.ts';
import { test } from '../commands/test.ts';
import { parseScript } from './parse.ts';
import type { Jump, Shell } from './shell.ts';

type Builtin = (shell: Shell, args: readonly string[]) => Program;

/** One that neither waits nor starts anything. */
const plain = (run: (shell: Shell, args: readonly string[]) => number): Builtin =>
  // oxlint-disable-next-line require-yield
  function* (shell, args) {
    return run(shell, args);
  };

const jump = (kind: Jump['kind']): Builtin =>
  plain((shell, [amount]) => {
    const isLoop = kind === 'break' || kind === 'continue';
    const code = isLoop ? 0 : amount === undefined ? shell.status : Number(amount) & 255;
    shell.jump = { kind, code, levels: isLoop ? Number(amount ?? 1) || 1 : 0 };
    return code;
  });

const assign = (shell: Shell, args: readonly string[], exports: boolean): number => {
  for (const arg of args) {
    const [, name, , value] = /^([A-Za-z_]\w*)(=([^]*))?$/.exec(arg) ?? [];
    if (name === undefined) {
      if (!arg.startsWith('-')) shell.complain(`export: ${arg}: bad variable name`);
      continue;
    }
    if (value !== undefined) shell.variables.set(name, value);
    if (exports) shell.exported.add(name);
  }
  return 0;
};

function changeDirectory(shell: Shell, [to]: readonly string[]): number {
  const target = to === '-' ? (shell.variables.get('OLDPWD') ?? shell.cwd) : (to ?? shell.value('HOME') ?? '/root');
  const path = shell.machine.files.resolve(shell.cwd, target);
  const kind = shell.machine.files.kindOf(path);
  if (kind !== 'folder') {
    shell.complain(`cd: can't cd to ${target}: ${kind === undefined ? 'No such file or directory' : 'Not a directory'}`);
    return 1;
  }
  shell.variables.set('OLDPWD', shell.cwd);
  shell.cwd = path;
  return 0;
}

export function setOptions(shell: Shell, args: readonly string[]): number {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') {
      shell.positional = args.slice(i + 1);
      return 0;
    }
    if (!/^[-+][a-z]+$/.test(arg)) {
      shell.positional = args.slice(i);
      return 0;
    }
    const letters = arg.includes('o') ? [...arg.slice(1).replace('o', ''), { errexit: 'e', xtrace: 'x', nounset: 'u' }[args[++i] ?? ''] ?? ''] : arg.slice(1);
    for (const letter of letters) {
      if (arg.startsWith('-')) shell.options.add(letter);
      else shell.options.delete(letter);
    }
  }
  return 0;
}

function* read(shell: Shell, args: readonly string[]): Program {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const { stdin } = shell.streams;
  while (!stdin.isLineReady) yield { input: stdin, line: true };
  const line = stdin.readLine();
  if (line === undefined) return 1;
  const fields = line
    .replace(/\n$/, '')
    .trim()
    .split(/[ \t]+/);
  const targets = names.length > 0 ? names : ['REPLY'];
  for (const [i, name] of targets.entries()) shell.variables.set(name, i === targets.length - 1 ? fields.slice(i).join(' ') : (fields[i] ?? ''));
  return line.endsWith('\n') ? 0 : 1;
}

function* evaluateText(shell: Shell, text: string): Program {
  const parsed = parseScript(text);
  if ('list' in parsed) return yield* shell.interpreter.list(shell, parsed.list);
  shell.complain(parsed.error);
  return 2;
}

function* source(shell: Shell, [name = '']: readonly string[]): Program {
  const content = shell.machine.files.read(shell.machine.files.resolve(shell.cwd, name));
  if ('bytes' in content) return yield* evaluateText(shell, content.bytes);
  shell.complain(`.: ${name}: ${content.error}`);
  return 2;
}

function* replaceShell(shell: Shell, [name, ...args]: readonly string[]): Program {
  if (name === undefined) return 0;
  const code = yield* shell.interpreter.start(shell, name, args);
  shell.jump = { kind: 'exit', code, levels: 0 };
  return code;
}

function* command(shell: Shell, [name = '', ...args]: readonly string[]): Program {
  if (name !== '-v' && name !== '-V') return yield* Object.hasOwn(builtins, name) ? builtins[name]!(shell, args) : shell.interpreter.start(shell, name, args);
  const [what = ''] = args;
  const found = Object.hasOwn(builtins, what) ? what : shell.machine.files.find(what);
  if (found !== undefined) shell.print(`${found}\n`);
  return found === undefined ? 127 : 0;
}

const testBuiltin = plain((shell, args) => test(args, shell.machine.files, shell.cwd, (text) => shell.complain(text)));

export const builtins: Readonly<Record<string, Builtin>> = {
  ':': plain(() => 0),
  '.': source,
  '[': testBuiltin,
  '[[': testBuiltin,
  break: jump('break'),
  cd: plain(changeDirectory),
  command,
  continue: jump('continue'),
  eval: (shell, args) => evaluateText(shell, args.join(' ')),
  exec: replaceShell,
  exit: jump('exit'),
  export: plain((shell, args) => assign(shell, args, true)),
  local: plain((shell, args) => assign(shell, args, false)),
  read,
  readonly: plain((shell, args) => assign(shell, args, false)),
  return: jump('return'),
  set: plain(setOptions),
  shift: plain((shell, [count = '1']) => {
    shell.positional = shell.positional.slice(Number(count));
    return 0;
  }),
  source,
  test: testBuiltin,
  trap: plain(() => 0),
  type: plain((shell, args) => {
    for (const name of args) {
      const path = shell.machine.files.find(name);
      shell.print(Object.hasOwn(builtins, name) ? `${name} is a shell builtin\n` : path === undefined ? `${name}: not found\n` : `${name} is ${path}\n`);
    }
    return 0;
  }),
  umask: plain(() => 0),
  unset: plain((shell, args) => {
    for (const name of args) {
      shell.variables.delete(name);
      shell.exported.delete(name);
    }
    return 0;
  }),
  wait: plain(() => 0),
};
