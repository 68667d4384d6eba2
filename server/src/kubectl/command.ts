// The contract of a command: its flags, and what it does with them. One command a file, one line in commands.ts.
import type { Wait } from './environment.ts';
import type { Arguments, Flags } from './flags.ts';
import type { Problem } from './problem.ts';
import type { Session } from './session.ts';

/** undefined: all went well. A number is the exit code of a command that has already said why. */
export type Outcome = Problem | number | undefined;

export interface Command {
  readonly flags: Flags;
  /** A generator when the command may have to wait. */
  readonly run: (session: Session, given: Arguments<Flags>) => Outcome | Generator<Wait, Outcome>;
}

export const command = <const F extends Flags>(flags: F, run: (session: Session, given: Arguments<F>) => Outcome | Generator<Wait, Outcome>): Command => ({
  flags,
  run: run as Command['run'],
});
