// A cluster's state as the bytes of a file: one line that says what follows and how to check it, then the state.
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { ClusterState } from '../../cluster/cluster.ts';

export interface Saved {
  readonly cluster: ClusterState;
  /** Versions up to this one have no history for clients. */
  readonly compacted: number;
  readonly paused: boolean;
  /** What the cluster was started with. */
  readonly begun: Begun;
}

export interface Begun {
  readonly nodes: number;
  readonly seed: number;
  readonly profile: string;
}

/** To be raised with every change of what a state consists of: an older file is then refused, not misread. */
const version = 1;
/** The longest state; a cluster of 100,000 pods stays below. */
export const mostBytes = 1024 * 1024 * 1024;
const longestLine = 200;

/** In pieces, so that the state is not copied. Its parts stay shared: every object is written once, however often it is pointed to. */
export function encodeState(saved: Saved): readonly [line: Buffer, body: Buffer] | { readonly error: string } {
  const body = serialize(saved);
  if (body.length > mostBytes) return { error: `it would take ${mebibytes(body.length)}, and ${mebibytes(mostBytes)} are the most` };
  return [Buffer.from(`drydock cluster, version ${version}, ${body.length} bytes, sha256 ${digest(body)}\n`), body];
}

/** The error says what is wrong with the file, as the end of a sentence. */
export function decodeState(bytes: Buffer): Saved | { readonly error: string } {
  const line = bytes.subarray(0, bytes.subarray(0, longestLine).indexOf(10) + 1).toString('latin1');
  const found = /^drydock cluster, version (\d+), (\d+) bytes, sha256 ([0-9a-f]{64})\n$/.exec(line);
  if (!found) return { error: 'is no cluster that drydock has saved' };
  if (Number(found[1]) !== version) return { error: `was saved by another drydock (its version is ${found[1]}, this one reads ${version})` };
  const body = bytes.subarray(line.length);
  if (body.length !== Number(found[2])) return { error: `is damaged: ${found[2]} bytes should follow its first line, ${body.length} do` };
  if (digest(body) !== found[3]) return { error: 'is damaged: its content does not match its checksum' };
  try {
    return deserialize(body) as Saved;
  } catch (error) {
    return { error: `cannot be read: ${(error as Error).message}` };
  }
}

const digest = (body: Buffer) => createHash('sha256').update(body).digest('hex');

export const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MiB`;
