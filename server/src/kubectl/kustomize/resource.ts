// An object on its way through a kustomization.
import type { KubeObject } from '../../kube/object.ts';

export interface Resource {
  readonly object: KubeObject;
  /** Every name that it had so far, the present one last. */
  readonly names: readonly string[];
  /** A generated one: its name gets a suffix made of its content at the very end. */
  readonly hashed?: boolean;
}

/** 'overlays/dev' and '../../base' → 'base'. */
export function join(folder: string, path: string): string {
  if (path.startsWith('/')) return path;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return `${folder.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}
