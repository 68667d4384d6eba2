// The Conditions table of workloads: type, status, reason.
import type { Lines } from './lines.ts';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

export const conditionLines = (conditions: readonly Condition[] = []): Lines =>
  conditions.length === 0
    ? []
    : [
        'Conditions:',
        '  Type\tStatus\tReason',
        '  ----\t------\t------',
        ...conditions.map(({ type, status, reason }) => `  ${type} \t${status}\t${reason ?? ''}`),
      ];
