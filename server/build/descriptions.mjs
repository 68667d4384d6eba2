// What the documentation says about types and fields → server/src/schema/generated/descriptions.ts, read by descriptions.ts.
import { moduleOf } from './module.mjs';

export function descriptionsModule({ descriptions, names, version }) {
  return moduleOf('descriptions', shared(Object.entries(descriptions).map(([id, texts]) => [names[id], texts])), version, 'lazy');
}

/** Texts like that of `apiVersion` are in hundreds of types: each is kept once and named by its number. */
function shared(rows) {
  const numbers = new Map();
  const number = (text) => numbers.get(text) ?? (numbers.set(text, numbers.size), numbers.size - 1);
  const types = Object.fromEntries(
    rows.map(([type, [text, fields]]) => [type, [number(text), Object.fromEntries(Object.entries(fields).map(([field, one]) => [field, number(one)]))]]),
  );
  return { types, texts: [...numbers.keys()] };
}
