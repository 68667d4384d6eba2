// A running shell: its variables, where it is, what it reads and writes. Subshells are copies.
import type { Machine } from '../machine.ts';
import type { Streams } from '../process.ts';
import type { Program } from '../pipe.ts';
import type { Command, List } from './syntax.ts';

/** Leaves what is running: set by exit, return, break, continue; whoever is meant by it takes it away. */
export interface Jump {
  readonly kind: 'exit' | 'return' | 'break' | 'continue';
  readonly code: number;
  readonly levels: number;
}

/** What runs for a shell: handed in, because programs start shells and shells start programs. */
export interface Interpreter {
  list(shell: Shell, list: List): Program;
  /** A program from the container's file system. */
  start(shell: Shell, name: string, args: readonly string[]): Program;
}

export class Shell {
  readonly interpreter: Interpreter;
  readonly machine: Machine;
  /** 'sh' or 'bash': what it calls itself in messages. */
  readonly name: string;
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  readonly functions: Map<string, Command>;
  /** $1, $2, … */
  positional: readonly string[];
  /** $0 */
  zero: string;
  cwd: string;
  streams: Streams;
  /** $? */
  status = 0;
  jump: Jump | undefined;
  /** set -e, set -x, set -u */
  readonly options: Set<string>;
  /** What all parts of one process share: how much it has done at this moment. */
  readonly effort: { at: number; steps: number; depth: number };

  constructor(interpreter: Interpreter, machine: Machine, streams: Streams, from?: Shell) {
    this.interpreter = interpreter;
    this.machine = machine;
    this.name = from?.name ?? machine.shellName;
    this.variables = new Map(from?.variables ?? machine.environment);
    this.exported = new Set(from?.exported ?? machine.environment.keys());
    this.functions = new Map(from?.functions);
    this.positional = from?.positional ?? [];
    this.zero = from?.zero ?? this.name;
    this.cwd = from?.cwd ?? machine.workingDirectory;
    this.streams = streams;
    this.options = new Set(from?.options);
    this.effort = from?.effort ?? { at: 0, steps: 0, depth: 0 };
    this.status = from?.status ?? 0;
  }

  /** A copy that goes its own way. */
  subshell(streams: Streams = this.streams): Shell {
    return new Shell(this.interpreter, this.machine, streams, this);
  }

  /** What programs that it starts see. */
  get environment(): ReadonlyMap<string, string> {
    return new Map([...this.exported].filter((name) => this.variables.has(name)).map((name) => [name, this.variables.get(name)!]));
  }

  value(name: string): string | undefined {
    switch (name) {
      case '?':
        return String(this.status);
      case '#':
        return String(this.positional.length);
      case '$':
        return '1';
      case '!':
      case '-':
        return '';
      case '@':
      case '*':
        return this.positional.join(' ');
      case '0':
        return this.zero;
      case 'PWD':
        return this.cwd;
      case 'RANDOM':
        return String(this.machine.random() % 32_768);
      default:
        return /^\d+$/.test(name) ? this.positional[Number(name) - 1] : this.variables.get(name);
    }
  }

  print(text: string): void {
    this.streams.stdout.write(text);
  }

  complain(text: string): void {
    this.streams.stderr.write(`${this.name}: ${text}\n`);
  }
}
