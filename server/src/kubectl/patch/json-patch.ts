// A JSON patch (RFC 6902) on a copy of a value, for --dry-run=client and kustomize.
import { applyPatch, type Operation } from 'rfc6902';

export function applyJsonPatch(value: unknown, operations: readonly unknown[]): { readonly value: unknown } | { readonly error: string } {
  const copy: unknown = structuredCopy(value);
  const wrong = applyPatch(copy, operations as Operation[]).find((error) => error !== null);
  return wrong ? { error: wrong.message } : { value: copy };
}

/** The library changes what it is given. */
const structuredCopy = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
