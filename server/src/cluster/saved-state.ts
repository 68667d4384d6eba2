// A cluster's state as it can be written to a file: plain data all the way down.
import type { ClusterState } from './cluster.ts';

/**
 * The state without what is no plain data. Components may remember instances of classes where these follow from the store: a fork takes
 * them along, and who goes on from a file makes them anew.
 */
export function savedState(state: ClusterState): ClusterState {
  return { ...state, memories: new Map(Array.from(state.memories, ([name, memory]) => [name, plain(memory)])) };
}

function plain(memory: unknown): unknown {
  if (typeof memory !== 'object' || memory === null || !isRecord(memory)) return memory;
  return Object.fromEntries(Object.entries(memory).filter(([, one]) => !isInstance(one)));
}

const isRecord = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;

function isInstance(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return !isRecord(value) && !Array.isArray(value) && !(value instanceof Map) && !(value instanceof Set) && !(value instanceof Uint8Array);
}
