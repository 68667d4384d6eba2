/**
 * A value that is still being put together, step by step: several times cheaper than spreading what may be there or not, which counts
 * where there is one such value for every pod.
 */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
