// Runs a command line in a real shell whose kubectl, sleep and timeout are the player's, so that pipes, scripts and
// here-documents work while time stays virtual.
//
// How a shim asks: it writes its words into PID.request, says its PID on file descriptor 3, and reads the exit code from the
// pipe PID.reply; by then PID.out and PID.err hold what it prints. One shim is answered at a time, in the order of asking.
import { spawn } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Result } from './conductor.ts';

/** What a shim wants done. */
export interface Asked {
  /** 'kubectl', 'sleep', 'until', 'over': the name it was called by, or a question of the timeout shim. */
  readonly name: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** Virtual milliseconds since 1970 at which a timeout around it ends; undefined without one. */
  readonly until: number | undefined;
  readonly stdin: () => string;
}

/** A command that still runs after this much real time has hung. */
const realLimitMs = 60_000;

const shim = `#!/bin/sh
ask() {
  here=$DRYDOCK_PLAY/$$
  mkfifo "$here.reply"
  printf '%s\\0' "$PWD" "\${DRYDOCK_UNTIL:-}" "$@" > "$here.request"
  echo $$ >&3
  read -r code < "$here.reply"
  [ -s "$here.out" ] && cat "$here.out"
  [ -s "$here.err" ] && cat "$here.err" >&2
  rm -f "$here".*
  return "$code"
}
me=\${0##*/}
if [ "$me" = timeout ]; then
  DRYDOCK_UNTIL=$(ask until "$1"); export DRYDOCK_UNTIL; shift
  "$@"; code=$?
  ask over; over=$?
  [ $over = 0 ] && exit $code
  exit $over
fi
for word; do case $word in -|-f-|*=-) cat > "$DRYDOCK_PLAY/$$.in"; break;; esac; done
ask "$me" "$@"
`;

/** Makes the shims in a folder that is then put first on PATH. */
export function installShims(folder: string): void {
  writeFileSync(join(folder, 'shim'), shim, { mode: 0o755 });
  for (const name of ['kubectl', 'sleep', 'timeout']) symlinkSync('shim', join(folder, name));
}

export interface ShellOptions {
  readonly folder: string;
  /** Where the shims are. */
  readonly shims: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Does what a shim asks; time passes in here. */
  readonly answer: (asked: Asked) => Result;
}

export function runInShell(line: string, { folder, shims, environment, answer }: ShellOptions): Promise<Result> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment, PATH: `${shims}:${process.env['PATH'] ?? ''}`, DRYDOCK_PLAY: shims };
    const child = spawn('sh', ['-c', line], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const pending: Promise<void>[] = [];
    onLines(child.stdio[3] as Readable, (pid) => void pending.push(serve(join(shims, pid), answer)));
    const hung = setTimeout(() => child.kill('SIGKILL'), realLimitMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(hung);
      Promise.all(pending).then(() => resolve({ ...output, code: code ?? 0 }), reject);
    });
  });
}

function onLines(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) take(line);
  });
}

async function serve(files: string, answer: ShellOptions['answer']): Promise<void> {
  const [folder = '', until = '', name = '', ...args] = readFileSync(`${files}.request`, 'utf8').split('\0').slice(0, -1);
  const { stdout, stderr, code } = answer({
    name,
    args,
    folder,
    until: until === '' ? undefined : Number(until),
    stdin: () => readFileSync(`${files}.in`, 'utf8'),
  });
  writeFileSync(`${files}.out`, stdout);
  writeFileSync(`${files}.err`, stderr);
  await writeFile(`${files}.reply`, `${code}\n`);
}
