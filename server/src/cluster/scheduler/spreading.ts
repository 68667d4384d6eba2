// How scores for spreading are made, for pods that say how (PodTopologySpread) and for those that do not (its defaults).
import { maxScore, type Scores } from './plugin.ts';

/** Few large places must not be drowned by many small ones: ln(places + 2). */
export const placeWeight = (places: number): number => Math.log(places + 2);

/** 9, 6, 6 → 66, 100, 100: 100·(largest + smallest − score)/largest. Below zero: has no place, and is the worst. */
export function fewerIsBetter(scores: Scores): void {
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score >= 0 && score < min) min = score;
    if (score > max) max = score;
  }
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score < 0) scores[i] = 0;
    else scores[i] = max === 0 ? maxScore : Math.trunc((maxScore * (max + min - score)) / max);
  }
}
