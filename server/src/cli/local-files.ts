// Files of this machine, for the built-in kubectl.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
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
    list: (path) => {
      const full = resolve(folder, path);
      return statSync(full, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(full).sort() : undefined;
    },
  };
}
