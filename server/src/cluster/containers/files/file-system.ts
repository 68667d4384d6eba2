// The files of one container: its image, what was written over it, and its volumes where they are mounted. Paths are absolute and plain.
import type { Bytes } from '../bytes.ts';
import type { Disk, Entry, Volume } from './volume.ts';

export interface Mount {
  /** '/' or '/etc/config'; a file where `file` names one in the volume. */
  readonly path: string;
  readonly volume: Volume;
  /** What of the volume is mounted: '' or a subPath. */
  readonly from: string;
  readonly readOnly: boolean;
}

/** What one container may write. */
const largestDisk = 16 * 1024 * 1024;
const mostFiles = 5_000;

export class FileSystem {
  /** The longest path first. */
  readonly #mounts: readonly Mount[];
  readonly #programs: ReadonlySet<string>;
  readonly #programFolder: string;
  readonly #now: () => number;

  constructor(mounts: readonly Mount[], programs: { readonly names: ReadonlySet<string>; readonly folder: string }, now: () => number) {
    this.#mounts = [...mounts].sort((a, b) => b.path.length - a.path.length);
    this.#programs = programs.names;
    this.#programFolder = programs.folder;
    this.#now = now;
  }

  /** 'a/../b' in /tmp → '/tmp/b'. */
  resolve(cwd: string, path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  get(path: string): Entry | undefined {
    const program = this.#programAt(path);
    if (program) return program;
    const { volume, inner } = this.#placeOf(path);
    const entry = volume.get(inner);
    // The way to a mount is there because of it.
    return entry ?? (this.#mounts.some((mount) => mount.path.startsWith(path === '/' ? '/' : `${path}/`)) ? wayTo : undefined);
  }

  kindOf(path: string): 'file' | 'folder' | undefined {
    const entry = this.get(path);
    return entry && (entry.bytes === undefined ? 'folder' : 'file');
  }

  read(path: string): { readonly bytes: Bytes } | { readonly error: string } {
    const entry = this.get(path);
    if (!entry) return { error: 'No such file or directory' };
    return entry.bytes === undefined ? { error: 'Is a directory' } : { bytes: entry.bytes };
  }

  /** The names in a folder, sorted; undefined when it is none. */
  list(path: string): readonly string[] | undefined {
    if (this.kindOf(path) !== 'folder') return undefined;
    const { volume, inner } = this.#placeOf(path);
    const prefix = path === '/' ? '/' : `${path}/`;
    const mounted = this.#mounts
      .filter((mount) => mount.path.startsWith(prefix) && mount.path !== prefix)
      .map((mount) => mount.path.slice(prefix.length).split('/')[0]!);
    const programs = path === this.#programFolder ? this.#programs : [];
    return [...new Set([...volume.names(inner), ...mounted, ...programs])].sort((a, b) => (a < b ? -1 : 1));
  }

  /** Where a program lies that is called by its name or path; undefined when there is none. */
  find(name: string): string | undefined {
    const slash = name.lastIndexOf('/');
    const inFolder = slash < 0 || ['/bin', '/usr/bin', '/usr/local/bin', '/sbin', '/usr/sbin'].includes(name.slice(0, slash));
    return inFolder && this.#programs.has(name.slice(slash + 1)) ? (slash < 0 ? `${this.#programFolder}/${name}` : name) : undefined;
  }

  /** undefined: it can be written. */
  whyNotWritable(path: string): string | undefined {
    const { volume, inner, readOnly } = this.#placeOf(path);
    if (readOnly || !volume.disk) return 'Read-only file system';
    if (this.kindOf(path) === 'folder') return 'Is a directory';
    if (this.kindOf(parentOf(path)) !== 'folder') return 'nonexistent directory';
    const { entries } = volume.disk;
    return (entries.size >= mostFiles && !entries.has(inner)) || volume.disk.bytes >= largestDisk ? 'No space left on device' : undefined;
  }

  /** Writes if it can; who wants to know why not asks before. */
  write(path: string, bytes: Bytes, append: boolean, mode?: number): void {
    if (this.whyNotWritable(path) !== undefined) return;
    const { volume, inner } = this.#placeOf(path);
    const before = volume.get(inner);
    const whole = (append ? (before?.bytes ?? '') + bytes : bytes).slice(0, largestDisk);
    volume.disk!.entries.set(inner, { bytes: whole, mode: mode ?? before?.mode ?? 0o644, changedAt: this.#now() });
  }

  /** With the folders above it. False: it could not be made. */
  makeFolder(path: string, mode = 0o755): boolean {
    if (this.kindOf(path) !== undefined) return this.kindOf(path) === 'folder';
    if (!this.makeFolder(parentOf(path))) return false;
    const { volume, inner, readOnly } = this.#placeOf(path);
    if (readOnly || !volume.disk || volume.disk.entries.size >= mostFiles) return false;
    volume.disk.entries.set(inner, { bytes: undefined, mode, changedAt: this.#now() });
    return true;
  }

  /** A file, or a folder with all that is in it. False: it may not be removed. */
  remove(path: string): boolean {
    const { volume, inner, readOnly } = this.#placeOf(path);
    if (readOnly || !volume.disk || this.#mounts.some((mount) => mount.path === path)) return false;
    for (const name of this.list(path) ?? []) if (!this.remove(`${path}/${name}`)) return false;
    volume.disk.entries.set(inner, undefined);
    return true;
  }

  changeMode(path: string, mode: number): boolean {
    const { volume, inner, readOnly } = this.#placeOf(path);
    const entry = volume.get(inner);
    if (!entry || readOnly || !volume.disk) return false;
    volume.disk.entries.set(inner, { ...entry, mode });
    return true;
  }

  get mounts(): readonly Mount[] {
    return this.#mounts;
  }

  #placeOf(path: string): { readonly volume: Volume; readonly inner: string; readonly readOnly: boolean; readonly disk?: Disk } {
    const mount = this.#mounts.find((one) => one.path === '/' || path === one.path || path.startsWith(`${one.path}/`))!;
    const below = path.slice(mount.path === '/' ? 1 : mount.path.length + 1);
    return { volume: mount.volume, inner: [mount.from, below].filter((part) => part !== '').join('/'), readOnly: mount.readOnly };
  }

  #programAt(path: string): Entry | undefined {
    const slash = path.lastIndexOf('/');
    return path.slice(0, slash) === this.#programFolder && this.#programs.has(path.slice(slash + 1)) ? programEntry : undefined;
  }
}

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/';
const wayTo: Entry = { bytes: undefined, mode: 0o755, changedAt: 0 };
const programEntry: Entry = { bytes: '\x7fELF', mode: 0o755, changedAt: 0 };
