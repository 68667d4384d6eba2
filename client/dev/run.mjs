// Child processes that are quiet while all goes well and gone when we are.
import { spawn } from 'node:child_process';

const running = new Set();

/** Resolves when it ended well; what it printed is in the error when it did not. */
export function run(command, args, cwd, env = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      detached: process.platform !== 'win32',
    });
    running.add(child);
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(data));
    child.on('error', fail);
    child.on('close', (code) => {
      running.delete(child);
      if (code === 0) done();
      else fail(new Error(`${command} ${args.join(' ')} failed:\n${Buffer.concat(output)}`));
    });
  });
}

/** Each child leads its own process group, so that npm's children end with it. */
export function stopRunning() {
  for (const { pid } of running) {
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
    } catch {
      // already gone
    }
  }
}
