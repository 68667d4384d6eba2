import type { Translate } from '../words/translate.ts';

/** What is wrong with a number of replicas that somebody typed; undefined when nothing is. */
export function replicasProblem(t: Translate, text: string, limit: number): string | undefined {
  if (!/^\d+$/.test(text.trim())) return t('A whole number from 0 up, please.');
  if (Number(text) > limit) return t('At most {0} pods (setting drydock.limits.pods).', limit);
  return undefined;
}
