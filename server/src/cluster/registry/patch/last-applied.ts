// The annotation in which `kubectl apply` remembers what it applied.
import { goJson } from '../../../kube/go-json.ts';
import type { JsonMap } from './json.ts';

export const lastAppliedKey = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object as it is sent: with itself, without the annotation, as the annotation's text. */
export function withLastApplied(object: JsonMap): JsonMap {
  const metadata = (object['metadata'] ?? {}) as JsonMap;
  const { [lastAppliedKey]: _, ...annotations } = (metadata['annotations'] ?? {}) as JsonMap;
  // Go's encoder ends with a newline.
  const text = `${goJson({ ...object, metadata: { ...metadata, annotations } })}\n`;
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
