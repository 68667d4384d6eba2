// Files of the command line, with the mistakes that people make.
import { readFileSync, statSync } from 'node:fs';
import { UsageError } from './cli-command.ts';

/** The most that is read of one file: the language server's own limit for a manifest is lower and says more. */
const largestBytes = 100_000_000;

export function readText(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`${path}: there is no such file`);
  if (found.isDirectory()) throw new UsageError(`${path} is a folder; name the files in it`);
  if (found.size > largestBytes) throw new UsageError(`${path} has ${found.size} bytes; Drydock reads files of up to ${largestBytes} bytes`);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}
