// Rules for matchLabelKeys and mismatchLabelKeys, and what they do to a new pod's selectors.
import type { LabelSelectorObject } from '../../kube/label-selector.ts';
import type { StringMap } from '../../kube/object.ts';
import type { PodAffinity, PodAffinityTerm, PodSpec } from '../../schema/generated/types.ts';
import { mapShared } from '../defaults/fill.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateLabelName } from '../metadata/labels.ts';
import type { Path } from '../path.ts';

type Keys = readonly string[] | undefined;

export function validateMatchLabelKeys(match: Keys, mismatch: Keys, selector: LabelSelectorObject | undefined, at: Path, errors: FieldErrors): void {
  validateKeys(match, selector, at.child('matchLabelKeys'), errors);
  validateKeys(mismatch, selector, at.child('mismatchLabelKeys'), errors);
  if (selector) validateNotInSelector(match ?? [], selector, at, errors);
  match?.forEach((key, i) => {
    if (mismatch?.includes(key)) errors.invalid(at.child('matchLabelKeys').index(i), key, 'exists in both matchLabelKeys and mismatchLabelKeys');
  });
}

function validateKeys(keys: Keys, selector: LabelSelectorObject | undefined, at: Path, errors: FieldErrors): void {
  if (!keys?.length) return undefined;
  if (!selector) return errors.forbidden(at, 'must not be specified when labelSelector is not set');
  return keys.forEach((key, i) => validateLabelName(key, at.index(i), errors));
}

/** A pod's selector has already got an expression for each key: a second one for the same key came from the user. */
function validateNotInSelector(match: readonly string[], selector: LabelSelectorObject, at: Path, errors: FieldErrors): void {
  const seen = new Set(Object.keys(selector.matchLabels ?? {}));
  for (const { key } of selector.matchExpressions ?? []) {
    const position = match.lastIndexOf(key);
    if (position >= 0 && seen.has(key)) errors.invalid(at.index(position), key, 'exists in both matchLabelKeys and labelSelector');
    seen.add(key);
  }
}

// ---- a new pod ----

/**
 * A pod that is created gets its own labels' values into its selectors: with matchLabelKeys: [app] and the label app=web, `app In [web]`
 * is added to the selector. To be done once, when the pod is made: doing it again would add the expression again. A spec without
 * such keys is returned itself.
 */
export function mergeMatchLabelKeys(spec: PodSpec, labels: StringMap | undefined): PodSpec {
  const { affinity, topologySpreadConstraints: constraints } = spec;
  if (!labels || (!affinity && !constraints)) return spec;
  const spread = mapShared(constraints, (constraint) => withKeys(constraint, constraint.matchLabelKeys, undefined, labels));
  const podAffinity = affinity?.podAffinity && mergeIntoAffinity(affinity.podAffinity, labels);
  const podAntiAffinity = affinity?.podAntiAffinity && mergeIntoAffinity(affinity.podAntiAffinity, labels);
  const isSameAffinity = podAffinity === affinity?.podAffinity && podAntiAffinity === affinity?.podAntiAffinity;
  if (spread === constraints && isSameAffinity) return spec;
  return {
    ...spec,
    ...(spread && { topologySpreadConstraints: spread }),
    ...(affinity && { affinity: { ...affinity, ...(podAffinity && { podAffinity }), ...(podAntiAffinity && { podAntiAffinity }) } }),
  };
}

function mergeIntoAffinity(affinity: PodAffinity, labels: StringMap): PodAffinity {
  const { requiredDuringSchedulingIgnoredDuringExecution: required, preferredDuringSchedulingIgnoredDuringExecution: preferred } = affinity;
  const merge = (term: PodAffinityTerm) => withKeys(term, term.matchLabelKeys, term.mismatchLabelKeys, labels);
  const nextRequired = mapShared(required, merge);
  const nextPreferred = mapShared(preferred, (one) => {
    const podAffinityTerm = merge(one.podAffinityTerm);
    return podAffinityTerm === one.podAffinityTerm ? one : { ...one, podAffinityTerm };
  });
  if (nextRequired === required && nextPreferred === preferred) return affinity;
  return {
    ...(nextPreferred && { preferredDuringSchedulingIgnoredDuringExecution: nextPreferred }),
    ...(nextRequired && { requiredDuringSchedulingIgnoredDuringExecution: nextRequired }),
  };
}

function withKeys<T extends { readonly labelSelector?: LabelSelectorObject }>(term: T, match: Keys, mismatch: Keys, labels: StringMap): T {
  const expressions = (keys: Keys, operator: string) =>
    (keys ?? []).flatMap((key) => (labels[key] === undefined ? [] : [{ key, operator, values: [labels[key]] }]));
  const added = [...expressions(match, 'In'), ...expressions(mismatch, 'NotIn')];
  if (!term.labelSelector || added.length === 0) return term;
  return { ...term, labelSelector: { ...term.labelSelector, matchExpressions: [...(term.labelSelector.matchExpressions ?? []), ...added] } };
}
