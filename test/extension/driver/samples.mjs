import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The sample workspace, copied: tests write into it. */
export function copySamples() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'samples-'));
  fs.cpSync(path.resolve(import.meta.dirname, '../../../client/samples'), folder, { recursive: true });
  return folder;
}
