// The strategy of a custom kind. Its rules, its status and its generation follow from the CustomResourceDefinition.
import { isEqual } from '../../../kube/equal.ts';
import { resourceKey } from '../../../kube/resource.ts';
import type { CustomKind } from '../../../schema/custom/custom-kind.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { customRules } from '../../../validation/custom/rules.ts';
import type { KindStrategy, Strategy } from '../strategy.ts';
import type { Stateful } from '../../../kube/object-form.ts';

const known = new WeakMap<KindInfo, Strategy>();

/** The same strategy every time for the same kind; it goes when the kind does. */
export function customStrategyOf(info: KindInfo, custom: CustomKind): Strategy {
  let strategy = known.get(info);
  if (!strategy) {
    strategy = {
      info,
      resource: resourceKey(info),
      rules: customRules(info, custom),
      special: custom.hasStatus ? {} : withoutStatus,
      hasGeneration: true,
      hasStatus: custom.hasStatus,
      createsOnUpdate: false,
      needsResourceVersion: true,
      returnsDeleted: false,
    };
    known.set(info, strategy);
  }
  return strategy;
}

/** Without the subresource, `status` is a field like any other. */
const withoutStatus: KindStrategy<Stateful> = {
  isNewGeneration: (next, before) => {
    const { metadata: _1, ...a } = next;
    const { metadata: _2, ...b } = before;
    return !isEqual(a, b);
  },
};
