import type { Checker } from './checker.ts';
import { availabilityChecker } from './availability.ts';
import { countsChecker } from './counts.ts';
import { historyChecker } from './history.ts';
import { indexesChecker } from './indexes.ts';
import { outcomeChecker } from './outcome.ts';
import { ownershipChecker } from './ownership.ts';
import { recreateChecker } from './recreate.ts';
import { surgeChecker } from './surge.ts';
import { versionsChecker } from './versions.ts';

/** Fresh ones: some remember what they saw. */
export const allCheckers = (): readonly Checker[] => [
  versionsChecker(),
  surgeChecker(),
  availabilityChecker(),
  recreateChecker,
  ownershipChecker,
  indexesChecker(),
  countsChecker,
  historyChecker,
  outcomeChecker,
];
