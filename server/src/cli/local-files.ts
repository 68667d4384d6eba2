// Files of this machine, for the built-in kubectl.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Files } from '../kubectl/environment.ts';

/** Paths are taken from `folder`. */
export function filesIn(folder: string): Files {
  return {
    read: (path) => {
      try {
        return { text: readFileSync(resolve(folder, path), 'utf8') };
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        return code === 'ENOENT' ? { missing: true } : { error: message };
      }
    },
    bytes: (path) => {
      const full = resolve(folder, path);
      return statSync(full, { throwIfNoEntry: false })?.isFile() ? readFileSync(full) : undefined;
    },
    save: (path, bytes, mode) => {
      const full = resolve(folder, path);
      try {
        mkdirSync(bytes === undefined ? full : dirname(full), { recursive: true });
        if (bytes !== undefined) writeFileSync(full, bytes, { encoding: 'latin1', mode });
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    },
    list: (path) => {
      const full = resolve(folder, path);
      return statSync(full, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(full).sort() : undefined;
    },
  };
}
