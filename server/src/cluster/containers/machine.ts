// What a program sees of the container that it runs in.
import type { CommandProgram } from './commands/program.ts';
import type { FileSystem } from './files/file-system.ts';
import type { Network } from './network.ts';
import type { Streams } from './process.ts';

export interface Machine {
  readonly hostname: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
  /** 'sh' or 'bash'. */
  readonly shellName: string;
  /** The short name of its image: 'nginx', 'busybox'. */
  readonly image: string;
  readonly user: number;
  readonly group: number;
  readonly groups: readonly number[];
  readonly files: FileSystem;
  readonly network: Network;
  /** What runs as process 1, for ps. */
  readonly mainCommand: string;
  /** What process 1 writes to, where that is running here. */
  readonly mainStreams?: Streams;
  /** How many steps its scripts may still take, where nobody waits for them to end. */
  readonly budget?: { steps: number };
  /** When the container was started; virtual milliseconds. */
  readonly startedAt: number;
  /** The program behind a name or a path; else whether there is a file all the same, which then cannot be run. */
  program(name: string, cwd: string): CommandProgram | { readonly isThere: boolean };
  /** Virtual milliseconds since 1970. */
  now(): number;
  /** A whole number from 0 on, the same in every run. */
  random(): number;
}
