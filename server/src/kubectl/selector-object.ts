// A selector's text as the object that specs carry: 'app=web,tier in (a,b)' → matchLabels and matchExpressions.
import type { LabelSelectorObject, Operator, Selector } from '../kube/label-selector.ts';

const operators: Readonly<Partial<Record<Operator, string>>> = { in: 'In', notin: 'NotIn', '!=': 'NotIn', exists: 'Exists', '!': 'DoesNotExist' };

export function selectorObjectOf({ requirements }: Selector): LabelSelectorObject {
  const equal = requirements.filter(({ operator }) => operator === '=' || operator === '==');
  const others = requirements.filter(({ operator }) => operator !== '=' && operator !== '==');
  return {
    ...(equal.length > 0 && { matchLabels: Object.fromEntries(equal.map(({ key, values }) => [key, values[0] ?? ''])) }),
    ...(others.length > 0 && {
      matchExpressions: others.map(({ key, operator, values }) => ({ key, operator: operators[operator] ?? operator, ...(values.length > 0 && { values }) })),
    }),
  };
}
