import type { TimeState } from '../../../server/src/protocol/cluster-view.ts';
import type { Translate } from './translate.ts';

/** Virtual time since the beginning: 00:04:12, or 3 d 04:05:06. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const days = Math.floor(seconds / 86_400);
  return days === 0 ? time : `${days} d ${time}`;
}

export const speedWords = (t: Translate, speed: TimeState['speed']): string => (speed === 'max' ? t('as fast as it goes') : `${speed}×`);

const two = (value: number): string => String(value).padStart(2, '0');
