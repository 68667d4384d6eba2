// Selectors, read once. A selector object is shared by all versions of its owner, and a controller looks many times.
import { matches, validSelectorOf, type LabelSelectorObject, type Selector } from '../../kube/label-selector.ts';
import type { StringMap } from '../../kube/object.ts';

const read = new WeakMap<object, Selector>();

function readSelector(selector: LabelSelectorObject): Selector {
  let known = read.get(selector);
  if (!known) read.set(selector, (known = validSelectorOf(selector)));
  return known;
}

export const selects = (selector: LabelSelectorObject, labels: StringMap | undefined): boolean => matches(readSelector(selector), labels);

/** A selector without any requirement selects everything. */
export const isEmpty = (selector: LabelSelectorObject): boolean => !selector.matchLabels && !selector.matchExpressions;
