// The API server's decoding of a body into a kind.
import type { KubeObject } from '../kube/object.ts';
import type { KindInfo } from './kinds.ts';

export type Decoded = { readonly object: KubeObject; readonly strictErrors: readonly string[] } | { readonly error: string };

export function decode(kind: KindInfo, body: unknown): Decoded {
  if (typeof body !== 'object' || body === null) return { error: `the object provided is unrecognized (must be of type ${kind.kind})` };
  const { metadata } = body as Partial<KubeObject>;
  return { object: { ...body, apiVersion: kind.apiVersion, kind: kind.kind, metadata: metadata ?? ({} as KubeObject['metadata']) }, strictErrors: [] };
}

export function decodeText(kind: KindInfo, text: { readonly content: string; readonly format: 'json' | 'yaml' }): Decoded {
  try {
    return decode(kind, JSON.parse(text.content));
  } catch (error) {
    return { error: (error as Error).message };
  }
}
