// The folder in which a served cluster outlives its process.
// Invariants: the file in it is always whole, the old one or the new one; a file that cannot be read is left as it is; one process at a time.
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../cli-command.ts';
import { decodeState, encodeState, mebibytes, mostBytes, type Saved } from './state-file.ts';

export class DataFolder {
  readonly #path: string;
  readonly #file: string;
  readonly #lock: string;

  /** Makes the folder unless it is there, and keeps other processes out. Throws a UsageError that says why it cannot be used. */
  static async open(path: string): Promise<DataFolder> {
    try {
      await mkdir(path, { recursive: true, mode: 0o700 });
      const folder = new DataFolder(path);
      await takeLock(folder.#lock, path);
      return folder;
    } catch (error) {
      throw error instanceof UsageError ? error : new UsageError(`${path} cannot be used: ${(error as Error).message}`);
    }
  }

  private constructor(path: string) {
    this.#path = path;
    this.#file = join(path, 'cluster.drydock');
    this.#lock = join(path, 'lock');
  }

  /** undefined: nothing has been saved yet. */
  async load(): Promise<Saved | undefined> {
    try {
      const { size } = await stat(this.#file);
      if (size > mostBytes + 1024) throw this.#refusal(`is ${mebibytes(size)} long, more than the limit of ${mebibytes(mostBytes)}`);
      const saved = decodeState(await readFile(this.#file));
      if ('error' in saved) throw this.#refusal(saved.error);
      return saved;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error instanceof UsageError ? error : this.#refusal(`cannot be read: ${(error as Error).message}`);
    }
  }

  /** What is said of a file that is of no use; it stays where it is. */
  #refusal(problem: string): UsageError {
    return new UsageError(`${this.#file} ${problem}. It is left as it is: move it away to begin with a fresh cluster, or name another folder`);
  }

  /** Calls back with the cluster that goes on from what was saved; a state that does not fit this program is refused like a damaged one. */
  goOnFrom<T>(begin: () => T): T {
    try {
      return begin();
    } catch (error) {
      throw this.#refusal(`does not fit this drydock (${(error as Error).message})`);
    }
  }

  /** Durable when it resolves. Rejects with a message for people. */
  async save(saved: Saved): Promise<void> {
    const encoded = encodeState(saved);
    if ('error' in encoded) throw new Error(encoded.error);
    const next = `${this.#file}.tmp`;
    const file = await open(next, 'w', 0o600);
    try {
      await file.chmod(0o600);
      for (const piece of encoded) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, this.#file);
    await syncFolder(this.#path);
  }

  async close(): Promise<void> {
    await rm(this.#lock, { force: true });
  }
}

/** The name must be on the disk too. Some systems do not open folders; they have no need of it. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/** The lock names its process; one that a dead process left is taken over. */
async function takeLock(lock: string, path: string): Promise<void> {
  try {
    await writeFile(lock, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = Number(await readFile(lock, 'utf8'));
    if (owner !== process.pid && isAlive(owner))
      throw new UsageError(`${path} is used by process ${owner}: stop that one first, or name another folder (if it is no drydock, remove ${lock})`);
    await writeFile(lock, `${process.pid}\n`, { mode: 0o600 });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
