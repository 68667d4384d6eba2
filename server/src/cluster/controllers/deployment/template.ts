// Whether two pod templates are the same.
// Source: EqualIgnoreHash (deployment_util.go).
import type { PodTemplateSpec } from '../../../schema/generated/types.ts';
import { goDump } from '../history/go-dump.ts';

export const hashLabel = 'pod-template-hash';

// Templates are immutable and shared from version to version, so each pair is compared once, however often the controller looks.
const compared = new WeakMap<PodTemplateSpec, WeakMap<PodTemplateSpec, boolean>>();

/** Equal but for the label pod-template-hash: in Go's eyes, for whom an empty list is as good as none and an empty struct is not. */
export function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  if (a === b) return true;
  let known = compared.get(a);
  if (!known) compared.set(a, (known = new WeakMap()));
  let same = known.get(b);
  if (same === undefined) known.set(b, (same = textOf(a) === textOf(b)));
  return same;
}

const textOf = (template: PodTemplateSpec): string => goDump('PodTemplateSpec', withoutHash(template));

export function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [hashLabel]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
