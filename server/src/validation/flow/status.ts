// Rules for the status of flow schemas and priority levels.
import type { FieldErrors } from '../field-errors.ts';
import { root } from '../path.ts';

const at = root('status', 'conditions');

export function validateFlowStatus(status: { readonly conditions?: readonly { readonly type?: string }[] } | undefined, errors: FieldErrors): void {
  const conditions = status?.conditions ?? [];
  conditions.forEach(({ type = '' }, i) => {
    const field = at.index(i).child('type');
    if (conditions.slice(0, i).some((other) => (other.type ?? '') === type)) errors.duplicate(field, type);
    if (!type) errors.required(field);
  });
}
