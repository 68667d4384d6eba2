// The editor of whoever sits at the terminal: $KUBE_EDITOR, $EDITOR, or the one that every machine has.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

export function editText(text: string, name: string): { readonly text: string } | { readonly error: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-edit-'));
  const file = join(folder, name);
  try {
    writeFileSync(file, text, { mode: 0o600 });
    const editor = process.env['KUBE_EDITOR'] || process.env['EDITOR'] || (process.platform === 'win32' ? 'notepad' : 'vi');
    // The value may have arguments of its own ('code --wait'), so a shell reads it.
    const ran =
      process.platform === 'win32'
        ? spawnSync(`${editor} "${file}"`, { stdio: 'inherit', shell: true })
        : spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
    if (ran.error) return { error: `unable to launch the editor "${editor}"` };
    return ran.status === 0 ? { text: readFileSync(file, 'utf8') } : { error: `there was a problem with the editor "${editor}"` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where a text that could not be saved is kept. */
export function keepText(text: string, name: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'kubectl-edit-')), `kubectl-edit${extname(name)}`);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
