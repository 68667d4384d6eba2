// The command line: drydock COMMAND …
import { UsageError, type CliCommand } from './cli-command.ts';
import { bench } from './bench/bench.ts';
import { clock } from './clock.ts';
import { play } from './play/play.ts';
import { serve } from './serve.ts';
import { simulateCommand } from './simulate/simulate.ts';
import { validate } from './validate.ts';

const commands: Readonly<Record<string, CliCommand>> = { serve, clock, simulate: simulateCommand, validate, play, bench };

const overview = `Drydock is a Kubernetes cluster inside the editor; this is its command line.

${Object.entries(commands)
  .map(([name, { summary }]) => `  drydock ${name.padEnd(9)} ${summary}`)
  .join('\n')}

"drydock COMMAND --help" tells more. Exit codes: 0 all well, 1 something was found wrong, 2 a mistake in the command line,
3 a mistake of drydock itself.
`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(overview);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`"${name}" is no command of drydock; there is ${Object.keys(commands).join(', ')}`);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  return command.run(args);
}

/** Our own mistakes end the process, with a line that says so; DRYDOCK_STACK=1 shows where they are. */
function die(error: unknown): never {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  console.error(`drydock: unexpected error: ${process.env['DRYDOCK_STACK'] ? stack : message}`);
  process.exit(3);
}

process.on('uncaughtException', die);
process.on('unhandledRejection', die);
// Who reads what is printed may go at any time.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) die(error);
  console.error(`drydock: ${error.message}`);
  process.exitCode = 2;
}
