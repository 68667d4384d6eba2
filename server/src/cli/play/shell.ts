// Runs a command line in a real shell whose kubectl, sleep and timeout are the player's, so that pipes, scripts and
// here-documents work while time stays virtual.
//
// How a shim asks: it writes its words into PID.request, says its PID on file descriptor 3, and reads the exit code from the
// pipe PID.reply; by then PID.out and PID.err hold what it prints. One shim is answered at a time, in the order of asking.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { timeIsUp, type Result } from './conductor.ts';

/** What a shim wants done. */
export interface Asked {
  /** 'kubectl', 'sleep', 'until', 'over': the name it was called by, or a question of the timeout shim. */
  readonly name: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** The command line of the editor, for `kubectl edit`. */
  readonly editor: string;
  /** Virtual milliseconds since 1970 at which a timeout around it ends; undefined without one. */
  readonly until: number | undefined;
  readonly stdin: () => string;
}

/** A command that still runs after this much real time has hung. */
const realLimitMs = 60_000;

// A command whose time is up prints what it has and then asks for the end of all that runs in the same timeout(1).
const shim = `#!/bin/sh
ask() {
  here=$DRYDOCK_PLAY/$$
  mkfifo "$here.reply"
  printf '%s\\0' "$PWD" "\${DRYDOCK_UNTIL:-}" "\${KUBE_EDITOR:-\${EDITOR:-vi}}" "$@" > "$here.request"
  echo $$ >&3
  read -r answer < "$here.reply"
  [ -s "$here.out" ] && cat "$here.out"
  [ -s "$here.err" ] && cat "$here.err" >&2
  rm -f "$here".*
  return "$answer"
}
me=\${0##*/}
if [ "$me" = timeout ]; then
  while :; do case $1 in -s|-k) shift 2;; -*) shift;; *) break;; esac; done
  DRYDOCK_UNTIL=$(ask until "$1"); DRYDOCK_TIMEOUT=$$; export DRYDOCK_UNTIL DRYDOCK_TIMEOUT; shift
  exec 4>&2 2>/dev/null # a shell says "Terminated" of what was ended; timeout(1) does not
  (exec 2>&4 4>&-; exec "$@"); code=$?
  ask over && exit $code
  exit ${timeIsUp}
fi
for word; do case $word in -|-f-|*=-) cat > "$DRYDOCK_PLAY/$$.in"; break;; esac; done
ask "$me" "$@"; code=$?
[ $code = ${timeIsUp} ] && ask end "\${DRYDOCK_TIMEOUT:-}"
exit $code
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
    // A group of its own, so that all of it can be ended.
    const child = spawn('sh', ['-c', line], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'], detached: true });
    const output = { stdout: '', stderr: '' };
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const pending: Promise<void>[] = [];
    onLines(child.stdio[3] as Readable, (pid) => {
      const asked = readRequest(join(shims, pid));
      if (asked.name === 'end') return end(child, asked.args[0]);
      pending.push(reply(Number(pid), join(shims, pid), answer(asked)));
    });
    const hung = setTimeout(() => end(child, ''), realLimitMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(hung);
      Promise.all(pending).then(() => resolve({ ...output, code: code ?? timeIsUp }), reject);
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

function readRequest(files: string): Asked {
  const [folder = '', until = '', editor = '', name = '', ...args] = readFileSync(`${files}.request`, 'utf8').split('\0').slice(0, -1);
  return { name, args, folder, editor, until: until === '' ? undefined : Number(until), stdin: () => readFileSync(`${files}.in`, 'utf8') };
}

async function reply(pid: number, files: string, { stdout, stderr, code }: Result): Promise<void> {
  writeFileSync(`${files}.out`, stdout);
  writeFileSync(`${files}.err`, stderr);
  // The shim may not listen yet, and never will when a script has ended it: so nothing here waits for a pipe to open.
  for (let tries = 0; tries < realLimitMs && isAlive(pid); tries++) {
    try {
      const pipe = openSync(`${files}.reply`, constants.O_WRONLY | constants.O_NONBLOCK);
      writeSync(pipe, `${code}\n`);
      return closeSync(pipe);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
    await sleep(1);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Ends all that runs under a process of the command, or the command itself. */
function end(command: ChildProcess, under: string | undefined): void {
  if (!under) return void process.kill(-command.pid!, 'SIGTERM');
  const children = new Map<string, string[]>();
  for (const line of execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')) {
    const [pid = '', parent = ''] = line.trim().split(/ +/);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const descendants = (pid: string): readonly string[] => (children.get(pid) ?? []).flatMap((child) => [child, ...descendants(child)]);
  // Parents first: a shell that outlives its child would say that it was terminated, or go on.
  for (const pid of descendants(under)) if (isAlive(Number(pid))) process.kill(Number(pid), 'SIGTERM');
}
