// A path into an object, as selectable fields and rules name it: `.spec.size`, `.spec['size']` (ValidFieldPath of the server's cel package).
import type { Schema } from '../../schema/custom/structural.ts';

export type FoundField = { readonly schema: Schema | undefined; readonly names: readonly string[] } | { readonly error: string };

/** A delimiter, a text in single quotes, or what stands before the next delimiter. */
const token = /[.[\]]|'(?:[^'\\]|\\.)*'|[^.[\]']+|'[^]*$/g;

/** The schema of the field that a path leads to. Maps have any key. */
export function fieldAt(path: string, root: Schema | undefined, allowsBrackets: boolean): FoundField {
  const tokens = path.match(token) ?? [];
  const names: string[] = [];
  let schema = root;
  let at = 0;
  const next = () => tokens[at++];
  for (let one = next(); one !== undefined; one = next()) {
    if (one !== '.' && one !== '[') return { error: `expected [ or . but got: ${one}` };
    if (one === '[' && !allowsBrackets) return { error: 'array notation is not allowed' };
    let name = next();
    if (name === undefined) return { error: 'unexpected end of JSON path' };
    if (one === '[') {
      if (!/^'[^]*'$/.test(name) || name.length < 2) return { error: `expected single quoted string but got ${name}` };
      name = name.slice(1, -1).replace(/\\(.)/g, '$1');
    }
    const { properties, additionalProperties: rest } = schema ?? {};
    if (properties ? !Object.hasOwn(properties, name) : rest === undefined) return { error: 'does not refer to a valid field' };
    schema = properties ? properties[name] : typeof rest === 'object' ? rest : undefined;
    names.push(name);
    if (one === '[') {
      const closing = next();
      if (closing !== ']') return { error: closing === undefined ? 'unexpected end of JSON path' : `expected ] but got ${closing}` };
    }
  }
  return { schema, names };
}
