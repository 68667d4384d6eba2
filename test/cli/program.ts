// The command line as a program of its own: bundled as it is shipped, and served until it is told to stop.
import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAccess, type Access } from '../../server/src/apiserver/kubeconfig.ts';
import { send } from '../apiserver/support/send.ts';

/** `entry`: of a program in server/src/cli. */
export async function buildProgram(entry: string, outfile: string): Promise<string> {
  const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  const file = join(import.meta.dirname, '../../server/src/cli', entry);
  await build({ entryPoints: [file], bundle: true, platform: 'node', format: 'esm', target: 'node20', banner: { js: require }, outfile });
  return outfile;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class ServedProgram {
  readonly child: ChildProcess;
  readonly access: Access;
  readonly ended: Promise<Ended>;

  /** Rejects with what it printed when it ends before it is ready. */
  static async start(program: string, kubeconfig: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ServedProgram> {
    const child = spawn(process.execPath, [program, 'serve', '--kubeconfig', kubeconfig, ...args], { env: { ...process.env, ...env } });
    const said = { stdout: '', stderr: '' };
    const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
    await new Promise<void>((resolve, reject) => {
      void ended.then(({ code, stderr }) => reject(new Error(`${code}: ${stderr}`)));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said.stdout += text;
        if (said.stdout.includes(' ready at ')) resolve();
      });
    });
    return new ServedProgram(child, readAccess(readFileSync(kubeconfig, 'utf8'))!, ended);
  }

  private constructor(child: ChildProcess, access: Access, ended: Promise<Ended>) {
    this.child = child;
    this.access = access;
    this.ended = ended;
  }

  /** The body of the answer. */
  async ask(method: string, path: string, body?: object, contentType = 'application/json'): Promise<any> {
    const { text } = await send(this.access, method, path, { headers: { 'content-type': contentType } }, body && JSON.stringify(body));
    return JSON.parse(text);
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}
