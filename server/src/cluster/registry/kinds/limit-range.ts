// Limit ranges: one without a name gets one that nobody else has.
import type { LimitRange } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const limitRangeStrategy: KindStrategy<LimitRange> = {
  prepareForCreate: (range) => (range.metadata.name ? range : { ...range, metadata: { ...range.metadata, name: range.metadata.uid! } }),
};
