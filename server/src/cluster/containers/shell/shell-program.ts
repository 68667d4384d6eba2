// The program `sh`: a text, a file, or lines as they come.
import type { Program } from '../pipe.ts';
import { setOptions } from './builtins.ts';
import { parseScript } from './parse.ts';
import type { Shell } from './shell.ts';

const longestScript = 256 * 1024;

/** `sh`, `sh -c 'text' name args…`, `sh file args…`, or a shell that reads its standard input line by line. */
export function* shellProgram(shell: Shell, args: readonly string[], interactive: boolean): Program {
  let rest = args;
  for (; rest[0] !== undefined && /^[-+][a-z]+$/.test(rest[0]) && rest[0] !== '-c'; rest = rest.slice(1)) {
    const letters = rest[0].slice(1).replace(/[cil]/g, '');
    if (letters !== '' && !rest[0].includes('o')) setOptions(shell, [`-${letters}`]);
    if (rest[0].includes('c')) {
      rest = ['-c', ...rest.slice(1)];
      break;
    }
  }
  if (rest[0] === '-c') {
    if (rest[1] === undefined) {
      shell.complain('-c requires an argument');
      return 2;
    }
    shell.zero = rest[2] ?? shell.zero;
    shell.positional = rest.slice(3);
    return yield* runScript(shell, rest[1]);
  }
  if (rest[0] === undefined) return yield* readingShell(shell, interactive);
  const content = shell.machine.files.read(shell.machine.files.resolve(shell.cwd, rest[0]));
  if ('error' in content) {
    shell.complain(`can't open '${rest[0]}': ${content.error}`);
    return 2;
  }
  shell.zero = rest[0];
  shell.positional = rest.slice(1);
  return yield* runScript(shell, content.bytes);
}

/** Runs line by line what it reads; a line that is not whole waits for the next. */
function* readingShell(shell: Shell, interactive: boolean): Program {
  const { stdin, stdout } = shell.streams;
  let text = '';
  for (;;) {
    if (interactive) stdout.write(text === '' ? promptOf(shell) : '> ');
    while (!stdin.isLineReady) yield { input: stdin, line: true };
    const line = stdin.readLine();
    if (line === undefined) break;
    text += line;
    const parsed = parseScript(text);
    if ('error' in parsed && isUnfinished(parsed.error) && !stdin.isOver) continue;
    text = '';
    if ('error' in parsed) shell.complain(parsed.error);
    shell.status = 'error' in parsed ? 2 : yield* shell.interpreter.list(shell, parsed.list);
    if (shell.jump?.kind === 'exit') return shell.jump.code;
    shell.jump = undefined;
  }
  return shell.status;
}

const isUnfinished = (error: string) => /unterminated|end of file|EOF in/.test(error);

function promptOf(shell: Shell): string {
  const { machine, cwd } = shell;
  const sign = machine.user === 0 ? '#' : '$';
  if (machine.shellName === 'bash') return `${machine.user === 0 ? 'root' : 'I have no name!'}@${machine.hostname}:${cwd}${sign} `;
  return machine.image === 'busybox' || machine.image === 'alpine' ? `${cwd} ${sign} ` : `${sign} `;
}

/** A whole script; a mistake in it is told on standard error. */
function* runScript(shell: Shell, text: string): Program {
  const parsed = text.length > longestScript ? { error: 'script is too long' } : parseScript(text);
  if ('error' in parsed) {
    shell.complain(parsed.error);
    return 2;
  }
  const status = yield* shell.interpreter.list(shell, parsed.list);
  return shell.jump?.kind === 'exit' ? shell.jump.code : status;
}
