// Programs that start programs: sh, bash, env, xargs, timeout, nohup.
import type { Wait } from '../pipe.ts';
import { newShell } from '../shell/run.ts';
import { shellProgram } from '../shell/shell-program.ts';
import type { Shell } from '../shell/shell.ts';
import { isOver } from '../pipe.ts';
import { inputOf, type Call, type CommandProgram } from './program.ts';

function shellOf({ machine, name, cwd, environment, stdin, stdout, stderr }: Call): Shell {
  const shell = newShell({ ...machine, environment, shellName: name === 'bash' ? 'bash' : 'sh' }, { stdin, stdout, stderr });
  shell.cwd = cwd;
  return shell;
}

const started = (shell: Shell, name: string, args: readonly string[]) => shell.interpreter.start(shell, name, args);

const sh: CommandProgram = (call) => shellProgram(shellOf(call), call.args, call.args.includes('-i'));

const env: CommandProgram = function* (call) {
  const environment = new Map(call.args.includes('-i') ? [] : call.environment);
  let rest = call.args.filter((arg) => arg !== '-i');
  for (; rest[0]?.includes('='); rest = rest.slice(1)) environment.set(rest[0].slice(0, rest[0].indexOf('=')), rest[0].slice(rest[0].indexOf('=') + 1));
  if (rest[0] !== undefined) return yield* started(shellOf({ ...call, name: 'env', environment }), rest[0], rest.slice(1));
  call.stdout.write([...environment].map(([name, value]) => `${name}=${value}\n`).join(''));
  return 0;
};

const xargs: CommandProgram = function* (call) {
  const words = (yield* inputOf(call, [])).split(/\s+/).filter((word) => word !== '');
  const args = call.args.filter((arg) => !arg.startsWith('-'));
  const one = call.args.indexOf('-n');
  if (one >= 0) args.shift();
  const size = one >= 0 ? Math.max(1, Number(call.args[one + 1]) || 1) : Math.max(1, words.length);
  const [name = 'echo', ...fixed] = args;
  let code = 0;
  for (let i = 0; i < words.length; i += size) code = (yield* started(shellOf(call), name, [...fixed, ...words.slice(i, i + size)])) || code;
  return code === 0 ? 0 : 123;
};

const timeout: CommandProgram = function* (call) {
  const [seconds = '0', name = 'true', ...args] = call.args.filter((arg) => !arg.startsWith('-'));
  const deadline = call.machine.now() + Number.parseFloat(seconds) * 1_000;
  const program = started(shellOf(call), name, args);
  for (let step = program.next(); ;) {
    if (step.done) return step.value;
    const wait: Wait = { ...step.value, until: Math.min(step.value.until ?? deadline, deadline) };
    yield wait;
    if (isOver(step.value, call.machine.now())) step = program.next();
    else if (call.machine.now() >= deadline) {
      program.return(0);
      return call.machine.image === 'busybox' ? 143 : 124;
    }
  }
};

const others: CommandProgram = (call) => started(shellOf(call), call.args[0] ?? 'true', call.args.slice(1));

export const shellCommands: Readonly<Record<string, CommandProgram>> = {
  sh,
  bash: sh,
  ash: sh,
  env,
  xargs,
  timeout,
  nohup: others,
  time: others,
  tini: others,
  'dumb-init': others,
};
