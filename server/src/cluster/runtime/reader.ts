// What components read: the store, without the power to write.
import type { Store } from '../store/store.ts';

export type Reader = Pick<Store, 'get' | 'collection' | 'indexed' | 'resourceVersion'>;
