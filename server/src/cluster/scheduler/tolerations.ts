// Whether a pod puts up with a taint (k8s.io/component-helpers/scheduling/corev1).
import type { Taint, Toleration } from '../../schema/generated/types.ts';

/** An empty key with Exists tolerates everything; an empty effect tolerates every effect. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  const operator = toleration.operator || 'Equal';
  if (operator === 'Exists') return true;
  return operator === 'Equal' && (toleration.key ?? '') === taint.key && (toleration.value ?? '') === (taint.value ?? '');
}

export function toleratesTaint(tolerations: readonly Toleration[] | undefined, taint: Taint): boolean {
  return tolerations !== undefined && tolerations.some((toleration) => tolerates(toleration, taint));
}

/** The first taint that none of the tolerations puts up with. */
export function untolerated(tolerations: readonly Toleration[] | undefined, taints: readonly Taint[]): Taint | undefined {
  for (const taint of taints) if (!toleratesTaint(tolerations, taint)) return taint;
  return undefined;
}
