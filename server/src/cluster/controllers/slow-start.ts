// Source: slowStartBatch (replica_set.go).

/**
 * Makes up to `count` attempts in batches of 1, 2, 4, 8, … `largest`. A failure lets its own batch finish and stops the rest, so that a quota
 * which is used up costs a few refusals and not thousands. Returns the first failure.
 *   10 wanted, room for 5: 1 made, 2 made, then 2 made and 2 refused; the last 3 are not tried.
 */
export function slowStart<F>(count: number, attempt: () => F | undefined, largest = Number.POSITIVE_INFINITY): F | undefined {
  let failure: F | undefined;
  for (let made = 0, batch = 1; made < count && failure === undefined; batch = Math.min(largest, batch * 2)) {
    const end = Math.min(count, made + batch);
    for (; made < end; made++) {
      const failed = attempt();
      failure ??= failed;
    }
  }
  return failure;
}
