// The interpreter: walks the tree of a script. A generator that yields while it waits, so that time can pass in the middle of it.
import type { Writable } from '../../../kube/writable.ts';
import type { Command, List, ListItem, Pipeline, Redirection } from './syntax.ts';
import { Pipe, isOver, type Program, type Wait } from '../pipe.ts';
import type { Machine } from '../machine.ts';
import type { Streams } from '../process.ts';
import { builtins } from './builtins.ts';
import { expandPattern, expandText, expandWords } from './expand.ts';
import { matches } from './pattern.ts';
import { Shell, type Interpreter } from './shell.ts';

/** So many commands take no time. A loop that does more is busy, and time passes for it as for everyone. */
const stepsAtOnce = 2_000;
const busyMs = 100;
const deepest = 200;

const interpreter: Interpreter = { list: runList, start };

export const newShell = (machine: Machine, streams: Streams): Shell => new Shell(interpreter, machine, streams);

function* runList(shell: Shell, list: List): Program {
  for (const item of list) {
    if (shell.jump) break;
    if (item.after === '&&' ? shell.status !== 0 : item.after === '||' && shell.status === 0) continue;
    yield* runItem(shell, item, list);
  }
  return shell.jump?.kind === 'exit' ? shell.jump.code : shell.status;
}

function* runItem(shell: Shell, item: ListItem, list: List): Program {
  if (item.background) {
    // Nothing runs beside a script here: what is sent to the background is run at once, unless it waits.
    yield* inBackground(runPipeline(shell.subshell(), item.pipeline));
    return (shell.status = 0);
  }
  shell.status = yield* runPipeline(shell, item.pipeline);
  const isTested = item.pipeline.negated || list[list.indexOf(item) + 1]?.after === '&&' || list[list.indexOf(item) + 1]?.after === '||';
  if (shell.status !== 0 && shell.options.has('e') && !isTested && !shell.jump) shell.jump = { kind: 'exit', code: shell.status, levels: 0 };
  return shell.status;
}

function* inBackground(program: Program): Program {
  const step = program.next();
  if (!step.done) program.return(0);
  yield { until: 0 };
  return 0;
}

function* runPipeline(shell: Shell, { commands, negated }: Pipeline): Program {
  const status = commands.length === 1 ? yield* runCommand(shell, commands[0]!) : yield* runStages(shell, commands);
  return negated ? (status === 0 ? 1 : 0) : status;
}

interface Stage {
  readonly program: Program;
  readonly streams: Streams;
  wait: Wait | undefined;
  status: number | undefined;
}

/** All stages at the same time: each goes on while it can. */
function* runStages(shell: Shell, commands: readonly Command[]): Program {
  const pipes = commands.slice(1).map(() => new Pipe());
  const stages = commands.map((command, i): Stage => {
    const streams = { stdin: pipes[i - 1] ?? shell.streams.stdin, stdout: pipes[i] ?? shell.streams.stdout, stderr: shell.streams.stderr };
    return { program: runCommand(shell.subshell(streams), command), streams, wait: undefined, status: undefined };
  });
  for (;;) {
    let progress = false;
    // What they pass on to each other is work, too.
    yield* breathe(shell);
    for (const [i, stage] of stages.entries()) {
      if (stage.status !== undefined || (stage.wait && !isOver(stage.wait, shell.machine.now()))) continue;
      progress = true;
      const step = pipes[i]?.isBroken ? { done: true as const, value: 141 } : stage.program.next();
      stage.wait = step.done ? undefined : step.value;
      if (!step.done) continue;
      stage.status = step.value;
      pipes[i]?.end();
      pipes[i - 1]?.break();
    }
    const last = stages.at(-1)!;
    if (stages.every(({ status }) => status !== undefined)) return last.status!;
    if (!progress) yield soonest(stages, pipes);
  }
}

/** What a pipeline waits for when none of its stages can go on. */
function soonest(stages: readonly Stage[], pipes: readonly Pipe[]): Wait {
  let wait: Writable<Wait> = {};
  for (const one of stages) {
    if (one.status !== undefined || !one.wait) continue;
    const { until, input, line, room } = one.wait;
    if (until !== undefined) wait.until = Math.min(wait.until ?? until, until);
    if (input && !pipes.includes(input)) wait = { ...wait, input, ...(line && { line }) };
    if (room && !pipes.includes(room)) wait.room = room;
  }
  return wait;
}

function* runCommand(shell: Shell, command: Command): Program {
  yield* breathe(shell);
  if (shell.effort.depth > deepest) {
    shell.complain('maximum recursion depth exceeded');
    shell.jump = { kind: 'exit', code: 2, levels: 0 };
    return 2;
  }
  const outer = shell.streams;
  const streams = yield* redirected(shell, command.redirections);
  if (!streams) return 1;
  shell.effort.depth++;
  shell.streams = streams;
  try {
    return yield* runBare(shell, command);
  } finally {
    shell.effort.depth--;
    shell.streams = outer;
  }
}

function* breathe({ effort, machine, streams }: Shell): Generator<Wait, void> {
  if (effort.at !== machine.now()) Object.assign(effort, { at: machine.now(), steps: 0 });
  if (++effort.steps > stepsAtOnce) yield { until: machine.now() + busyMs };
  if (machine.budget && --machine.budget.steps < 0) yield { until: Number.POSITIVE_INFINITY };
  while (!streams.stdout.hasRoom) yield { room: streams.stdout };
}

function* runBare(shell: Shell, command: Command): Program {
  switch (command.kind) {
    case 'simple':
      return yield* runSimple(shell, command);
    case 'group': {
      if (!command.subshell) return yield* runList(shell, command.list);
      return yield* runList(shell.subshell(), command.list);
    }
    case 'if':
      for (const { condition, body } of command.branches) {
        if ((yield* runList(shell, condition)) === 0 && !shell.jump) return yield* runList(shell, body);
        if (shell.jump) return shell.status;
      }
      shell.status = 0;
      return command.otherwise ? yield* runList(shell, command.otherwise) : 0;
    case 'while': {
      let status = 0;
      while (!shell.jump && ((yield* runList(shell, command.condition)) === 0) !== command.until && !shell.jump) {
        status = yield* runList(shell, command.body);
        if (leavesLoop(shell)) break;
        yield* breathe(shell);
      }
      return status;
    }
    case 'for': {
      const values = command.words ? yield* expandWords(shell, command.words) : shell.positional;
      shell.status = 0;
      for (const value of values) {
        shell.variables.set(command.name, value);
        yield* runList(shell, command.body);
        if (leavesLoop(shell) || shell.jump) break;
      }
      return shell.status;
    }
    case 'case': {
      const value = yield* expandText(shell, command.word);
      shell.status = 0;
      for (const { patterns, list } of command.branches) {
        for (const pattern of patterns) {
          if (matches(yield* expandPattern(shell, pattern), value)) return yield* runList(shell, list);
        }
      }
      return 0;
    }
    case 'function':
      shell.functions.set(command.name, command.body);
      return 0;
  }
}

/** After the body of a loop: whether the loop ends. Takes away a jump that means this loop. */
function leavesLoop(shell: Shell): boolean {
  const { jump } = shell;
  if (!jump) return false;
  if (jump.kind !== 'break' && jump.kind !== 'continue') return true;
  const isHere = jump.levels <= 1;
  shell.jump = isHere ? undefined : { ...jump, levels: jump.levels - 1 };
  return !isHere || jump.kind === 'break';
}

function* runSimple(shell: Shell, { assignments, words }: Extract<Command, { kind: 'simple' }>): Program {
  shell.status = words.length === 0 ? 0 : shell.status;
  const args = yield* expandWords(shell, words);
  const values: [string, string][] = [];
  for (const [name, word] of assignments) values.push([name, yield* expandText(shell, word)]);
  if (shell.jump) return shell.jump.code;
  const [name, ...rest] = args;
  if (name === undefined) {
    for (const [variable, value] of values) shell.variables.set(variable, value);
    return shell.status;
  }
  if (shell.options.has('x')) shell.streams.stderr.write(`+ ${args.join(' ')}\n`);
  const body = shell.functions.get(name);
  if (body) return yield* callFunction(shell, body, rest);
  const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  const inner = values.length === 0 ? shell : withVariables(shell, values);
  if (builtin) return yield* builtin(inner, rest);
  return yield* start(inner, name, rest);
}

function withVariables(shell: Shell, values: readonly (readonly [string, string])[]): Shell {
  const inner = shell.subshell();
  for (const [name, value] of values) {
    inner.variables.set(name, value);
    inner.exported.add(name);
  }
  return inner;
}

function* callFunction(shell: Shell, body: Command, args: readonly string[]): Program {
  const outer = shell.positional;
  shell.positional = args;
  const status = yield* runCommand(shell, body);
  shell.positional = outer;
  if (shell.jump?.kind !== 'return') return status;
  const { code } = shell.jump;
  shell.jump = undefined;
  return code;
}

/** A program from the container's file system. */
function* start(shell: Shell, name: string, args: readonly string[]): Program {
  const program = shell.machine.program(name, shell.cwd);
  if (typeof program === 'function') {
    return yield* program({
      machine: shell.machine,
      name: name.slice(name.lastIndexOf('/') + 1),
      args,
      cwd: shell.cwd,
      environment: shell.environment,
      ...shell.streams,
    });
  }
  shell.complain(program.isThere ? `${name}: Permission denied` : `${name}: not found`);
  return program.isThere ? 126 : 127;
}

/** undefined: something could not be opened, which has been said. */
function* redirected(shell: Shell, redirections: readonly Redirection[]): Generator<Wait, Streams | undefined> {
  if (redirections.length === 0) return shell.streams;
  const streams: Writable<Streams> = { ...shell.streams };
  for (const { fd, operator, target } of redirections) {
    const text = yield* expandText(shell, target);
    if (operator === '>&' || operator === '<&') {
      if (text === '1' || text === '2') streams[fd === 2 ? 'stderr' : 'stdout'] = text === '1' ? streams.stdout : streams.stderr;
      continue;
    }
    if (operator === '<<') {
      streams.stdin = pipeOf(text);
      continue;
    }
    const path = shell.machine.files.resolve(shell.cwd, text);
    if (operator === '<') {
      const content = path === '/dev/null' ? { bytes: '' } : shell.machine.files.read(path);
      if ('error' in content) return cannot(shell, `can't open ${text}: ${content.error}`);
      streams.stdin = pipeOf(content.bytes);
      continue;
    }
    const why = path.startsWith('/dev/') || path.startsWith('/proc/') ? undefined : shell.machine.files.whyNotWritable(path);
    if (why !== undefined) return cannot(shell, `can't create ${text}: ${why}`);
    const pipe = outputTo(shell, path, operator === '>>');
    if (fd !== 2) streams.stdout = pipe;
    if (fd === 2 || fd === 3) streams.stderr = pipe;
  }
  return streams;
}

function cannot(shell: Shell, text: string): undefined {
  shell.complain(text);
  shell.status = 1;
}

function pipeOf(bytes: string): Pipe {
  const pipe = new Pipe();
  pipe.write(bytes);
  pipe.end();
  return pipe;
}

function outputTo(shell: Shell, path: string, append: boolean): Pipe {
  const { stdout, stderr } = shell.machine.mainStreams ?? shell.streams;
  if (path === '/dev/stdout' || path === '/proc/self/fd/1') return shell.streams.stdout;
  if (path === '/dev/stderr' || path === '/proc/self/fd/2') return shell.streams.stderr;
  if (path === '/proc/1/fd/1') return stdout;
  if (path === '/proc/1/fd/2') return stderr;
  const pipe = path === '/dev/null' ? new Pipe() : new FilePipe(shell, path);
  if (path === '/dev/null') pipe.break();
  else if (!append) shell.machine.files.write(path, '', false);
  return pipe;
}

/** Writes go into the file at once: a program that runs for ever has written what it wrote. */
class FilePipe extends Pipe {
  readonly #shell: Shell;
  readonly #path: string;

  constructor(shell: Shell, path: string) {
    super();
    this.#shell = shell;
    this.#path = path;
  }

  override write(bytes: string): void {
    if (bytes !== '') this.#shell.machine.files.write(this.#path, bytes, true);
  }
}
