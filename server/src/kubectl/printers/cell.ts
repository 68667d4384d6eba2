// What printers are made of: one function a kind, object → the cells of its row, in the order of columnsOf (wide ones included).
import { humanDuration } from '../../kube/duration.ts';
import type { KubeObject, StringMap } from '../../kube/object.ts';
import { parseTime } from '../../kube/time.ts';
import type { Container } from '../../schema/generated/types.ts';

/** null: there is no value, which clients show as nothing. */
export type Cell = string | number | boolean | null;

/** `now`: virtual milliseconds since 1970, for ages. */
export type CellsOf<T extends KubeObject = KubeObject> = (object: T, now: number) => readonly Cell[];

export const none = '<none>';

/** How long ago a timestamp was: '5m3s'; '<unknown>' without one. */
export function since(timestamp: string | null | undefined, now: number): string {
  const at = parseTime(timestamp);
  return at === undefined ? '<unknown>' : humanDuration(now - at);
}

export const ageOf = (object: KubeObject, now: number): string => since(object.metadata.creationTimestamp, now);

/** 'a=1,b=2' by key; '<none>' for no labels. */
export function formatLabels(labels: StringMap | undefined): string {
  const pairs = Object.keys(labels ?? {})
    .sort()
    .map((key) => `${key}=${labels![key]}`);
  return pairs.join(',') || none;
}

/** The CONTAINERS and IMAGES columns. */
export const containerCells = (containers: readonly Container[] = []): readonly [names: string, images: string] => [
  containers.map(({ name }) => name).join(','),
  containers.map(({ image }) => image ?? '').join(','),
];
