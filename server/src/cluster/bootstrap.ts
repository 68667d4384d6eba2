// What a fresh cluster holds: the four namespaces and the nodes.
import type { Registry } from './registry/registry.ts';

export interface NodeOptions {
  /** 3 unless told otherwise: node-1, node-2, node-3, in zones zone-a, zone-b, zone-c in turn. */
  readonly count?: number;
}

export function bootstrap(_registry: Registry, _nodes: NodeOptions = {}): void {}
