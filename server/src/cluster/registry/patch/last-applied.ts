// The annotation in which `kubectl apply` remembers what it applied.
import { isMap, type Json, type JsonMap } from './json.ts';

export const lastAppliedKey = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object as it is sent: with itself, without the annotation, as the annotation's text. */
export function withLastApplied(object: JsonMap): JsonMap {
  const metadata = (object['metadata'] ?? {}) as JsonMap;
  const { [lastAppliedKey]: _, ...annotations } = (metadata['annotations'] ?? {}) as JsonMap;
  const text = lastAppliedText({ ...object, metadata: { ...metadata, annotations } });
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, [lastAppliedKey]: text } } };
}

/** What an object remembers; empty when it was never applied or the text is not JSON. */
export function lastAppliedOf(object: JsonMap): JsonMap {
  const { annotations } = (object['metadata'] ?? {}) as { readonly annotations?: Readonly<Record<string, string>> };
  const text = annotations?.[lastAppliedKey];
  if (!text) return {};
  try {
    return JSON.parse(text) as JsonMap;
  } catch {
    return {};
  }
}

/** As Go's encoder writes it: keys sorted, <, > and & escaped, a newline at the end. */
const lastAppliedText = (object: JsonMap) => `${escapeHtml(canonicalText(object))}\n`;

function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`).join(',')}}`;
}

const escapeHtml = (text: string) => text.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
