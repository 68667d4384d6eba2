// JSON values as the patch algorithms see them.

export type Json = unknown;
export type JsonMap = Readonly<Record<string, Json>>;

export const isMap = (value: Json): value is JsonMap => typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** 'map', 'list', 'string', 'number', 'boolean' or 'null': what must be the same on both sides for values to be merged. */
export function typeOf(value: Json): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'map' : typeof value;
}

/** A patch that cannot be made or applied. Thrown inside this folder only; its front doors turn it into `{ error }`. */
export class PatchProblem extends Error {}

/** Runs what may meet a PatchProblem. */
export function attempt<T>(work: () => T): { readonly result: T } | { readonly error: string } {
  try {
    return { result: work() };
  } catch (problem) {
    if (problem instanceof PatchProblem) return { error: problem.message };
    throw problem;
  }
}
