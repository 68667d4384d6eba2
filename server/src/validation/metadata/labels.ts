// Rules for labels, annotations and label selectors (apimachinery pkg/apis/meta/v1/validation).
import type { LabelSelectorObject } from '../../kube/label-selector.ts';
import { checkLabelValue, checkQualifiedName } from '../../kube/names.ts';
import type { StringMap } from '../../kube/object.ts';
import { byteLength } from '../../kube/quote.ts';
import { wasSentEmpty } from '../../schema/sent-empty.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

/** All keys and values of all annotations together. */
const maxAnnotationBytes = 256 * 1024;

export function validateLabelName(name: string | undefined, at: Path, errors: FieldErrors): void {
  const value = name ?? '';
  errors.invalidEach(at, value, checkQualifiedName(value));
}

export function validateLabels(labels: StringMap | undefined, at: Path, errors: FieldErrors): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    validateLabelName(key, at, errors);
    errors.invalidEach(at, value, checkLabelValue(value));
  }
}

export function validateAnnotations(annotations: StringMap | undefined, at: Path, errors: FieldErrors): void {
  if (!annotations) return;
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    // Annotation keys may have capitals in the prefix, unlike label keys.
    errors.invalidEach(at, key, checkQualifiedName(key.toLowerCase()));
    bytes += byteLength(key) + byteLength(value);
  }
  if (bytes > maxAnnotationBytes) errors.tooLong(at, maxAnnotationBytes);
}

type Requirement = NonNullable<LabelSelectorObject['matchExpressions']>[number];

export function validateLabelSelector(selector: LabelSelectorObject | undefined, at: Path, errors: FieldErrors): void {
  if (!selector) return;
  validateLabels(selector.matchLabels, at.child('matchLabels'), errors);
  selector.matchExpressions?.forEach((requirement, i) => validateRequirement(requirement, at.child('matchExpressions').index(i), errors));
}

function validateRequirement({ key, operator, values = [] }: Requirement, at: Path, errors: FieldErrors): void {
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) errors.required(at.child('values'), "must be specified when `operator` is 'In' or 'NotIn'");
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) errors.forbidden(at.child('values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
  } else errors.invalid(at.child('operator'), operator ?? '', 'not a valid selector operator');
  validateLabelName(key, at.child('key'), errors);
  values.forEach((value, i) => errors.invalidEach(at.child('values').index(i), value, checkLabelValue(value)));
}

/** A label selector as Go prints it: fields in order, empty ones left out, `key` and `operator` always there. */
export function printedSelector({ matchLabels, matchExpressions }: LabelSelectorObject): object {
  return {
    ...(matchLabels && Object.keys(matchLabels).length > 0 && { matchLabels: sortedMap(matchLabels) }),
    ...(matchExpressions && matchExpressions.length > 0 && { matchExpressions: matchExpressions.map(printedRequirement) }),
  };
}

const printedRequirement = ({ key = '', operator = '', values }: Requirement) => ({ key, operator, ...(values && values.length > 0 && { values }) });

/** The labels of something as Go prints them: none at all are null, but a map that was sent empty is one. */
export function printedLabels(metadata: { readonly labels?: StringMap } | undefined): StringMap | null {
  return wasSentEmpty(metadata, 'labels') ? {} : sortedMap(metadata?.labels);
}

/** Go prints maps with sorted keys, and a nil map as null. */
export function sortedMap(map: StringMap | undefined): StringMap | null {
  return map ? Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))) : null;
}
