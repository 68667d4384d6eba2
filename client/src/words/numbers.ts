// Numbers with their unit, in the singular and the plural.
import type { Translate } from './translate.ts';

export const podsMade = (t: Translate, pods: number): string => (pods === 1 ? t('1 pod') : t('{0} pods', pods));

export const readyPods = (t: Translate, pods: number): string => (pods === 1 ? t('1 pod ready') : t('{0} pods ready', pods));

export const percent = (t: Translate, share: number): string => t('{0} %', Math.round(share * 100));
