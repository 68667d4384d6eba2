// The contract of a program that a container may run. One idea a file; the table is index.ts.
import type { Machine } from '../machine.ts';
import type { Program } from '../pipe.ts';
import type { Streams } from '../process.ts';

export interface Call extends Streams {
  readonly machine: Machine;
  /** By which name it was called: 'ls'. */
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: ReadonlyMap<string, string>;
}

export type CommandProgram = (call: Call) => Program;

/** A program that neither waits nor reads. */
export const simple = (run: (call: Call) => number): CommandProgram =>
  // oxlint-disable-next-line require-yield
  function* (call) {
    return run(call);
  };

/** A program that reads all of the files that it is given, or of its standard input, and makes one text of another. */
export const filter = (
  change: (text: string, options: readonly string[], call: Call) => string | { readonly out: string; readonly code: number },
  takes = '',
): CommandProgram =>
  function* (call) {
    const { options, operands } = optionsOf(call.args, takes);
    const given = takesPattern.has(call.name) && !options.some((option) => option.startsWith('-e')) ? operands.slice(1) : operands;
    const result = change(yield* inputOf(call, given), [...options, ...operands.slice(0, operands.length - given.length)], call);
    call.stdout.write(typeof result === 'string' ? result : result.out);
    return typeof result === 'string' ? 0 : result.code;
  };

const takesPattern = new Set(['grep', 'egrep', 'fgrep', 'sed', 'awk', 'tr', 'jq']);

/** '-n 5 file', '-n5': letters in `takes` have a value. */
export function optionsOf(args: readonly string[], takes: string): { readonly options: readonly string[]; readonly operands: readonly string[] } {
  const options: string[] = [];
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') return { options, operands: [...operands, ...args.slice(i + 1)] };
    if (!arg.startsWith('-') || arg === '-') operands.push(arg);
    else if (arg.length === 2 && takes.includes(arg[1]!)) options.push(`${arg}${args[++i] ?? ''}`);
    else options.push(arg);
  }
  return { options, operands };
}

/** Most bytes that a program keeps of what it reads. */
const longestInput = 8 * 1024 * 1024;

/** The text of the files, or of standard input until its end when there are none. */
export function* inputOf(call: Call, names: readonly string[]): Generator<import('../pipe.ts').Wait, string> {
  let text = '';
  for (const name of names.length > 0 ? names : ['-']) {
    if (name !== '-') {
      const content = readFile(call, name);
      if (content !== undefined) text += content;
      continue;
    }
    while (!call.stdin.isOver) {
      if (!call.stdin.isReady) yield { input: call.stdin };
      text += call.stdin.read();
      if (text.length > longestInput) return text.slice(0, longestInput);
    }
  }
  return text;
}

/** Its bytes; undefined when it cannot be read, which has been said. */
export function readFile({ machine, name, cwd, stderr }: Call, path: string): string | undefined {
  const content = machine.files.read(machine.files.resolve(cwd, path));
  if ('bytes' in content) return content.bytes;
  stderr.write(`${name}: ${machine.image === 'busybox' || machine.image === 'alpine' ? `can't open '${path}'` : path}: ${content.error}\n`);
  return undefined;
}

/** Without the line feed that ends the last one. */
export const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
export const joined = (lines: readonly string[]): string => (lines.length === 0 ? '' : `${lines.join('\n')}\n`);
