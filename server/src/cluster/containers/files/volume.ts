// Trees of files: those that are made from objects and never change by writing, and those that programs write to.
import type { Bytes } from '../bytes.ts';

export interface Entry {
  /** undefined: a folder. */
  readonly bytes: Bytes | undefined;
  /** Permissions: 0o644. */
  readonly mode: number;
  /** Virtual milliseconds since 1970. */
  readonly changedAt: number;
}

/** Paths are relative, '' is the tree itself: 'conf.d/default.conf'. */
export interface Volume {
  get(path: string): Entry | undefined;
  names(path: string): readonly string[];
  /** Absent: read-only. */
  readonly disk?: Disk;
}

const folder = (changedAt: number): Entry => ({ bytes: undefined, mode: 0o755, changedAt });

export class TreeVolume implements Volume {
  readonly #files: ReadonlyMap<string, Entry>;
  readonly #children = new Map<string, Set<string>>();
  readonly #at: number;

  constructor(files: ReadonlyMap<string, Entry>, at: number) {
    this.#files = files;
    this.#at = at;
    this.#children.set('', new Set());
    for (const path of files.keys()) {
      let inner = path;
      for (let slash = inner.lastIndexOf('/'); inner !== ''; slash = inner.lastIndexOf('/')) {
        const parent = slash < 0 ? '' : inner.slice(0, slash);
        const siblings = this.#children.get(parent) ?? new Set();
        this.#children.set(parent, siblings.add(inner.slice(slash + 1)));
        inner = parent;
      }
    }
  }

  get(path: string): Entry | undefined {
    return this.#files.get(path) ?? (this.#children.has(path) ? folder(this.#at) : undefined);
  }

  names(path: string): readonly string[] {
    return [...(this.#children.get(path) ?? [])];
  }
}

/** What programs have written: replaced entries, never changed ones, so that a fork copies the map alone. `undefined`: removed. */
export class Disk {
  readonly entries: Map<string, Entry | undefined>;

  constructor(entries?: Disk['entries']) {
    this.entries = new Map(entries);
  }

  get bytes(): number {
    let total = 0;
    for (const [path, entry] of this.entries) total += path.length + (entry?.bytes?.length ?? 0);
    return total;
  }
}

/** A disk over a tree that is there from the beginning. */
export class DiskVolume implements Volume {
  readonly disk: Disk;
  readonly #below: Volume;

  constructor(disk: Disk, below: Volume) {
    this.disk = disk;
    this.#below = below;
  }

  get(path: string): Entry | undefined {
    return this.disk.entries.has(path) ? this.disk.entries.get(path) : this.#below.get(path);
  }

  names(path: string): readonly string[] {
    const names = new Set(this.#below.names(path));
    const prefix = path === '' ? '' : `${path}/`;
    for (const [written, entry] of this.disk.entries) {
      if (!written.startsWith(prefix) || written === path) continue;
      const name = written.slice(prefix.length);
      if (name.includes('/')) continue;
      if (entry) names.add(name);
      else names.delete(name);
    }
    return [...names];
  }
}
