// What the real client printed, from the recorded scenarios.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseGolden } from '../../server/src/cli/play/scenario.ts';
import type { KubeObject } from '../../server/src/kube/object.ts';

/** The recorded output of a step; of several with the same text the last. */
export function recorded(scenario: string, step: string): string {
  const golden = readFileSync(new URL(`../conformance/oracle/scenarios/${scenario}.golden`, import.meta.url), 'utf8');
  const block = parseGolden(golden).findLast((each) => each.step === step);
  if (!block) throw new Error(`${scenario} has no step ${step}`);
  return block.variants[0]!;
}

/** The object that a recorded `-o yaml` shows, with something in the place of what was replaced. */
export function recordedObject<T extends KubeObject>(scenario: string, step: string): T {
  const text = recorded(scenario, step).replaceAll('<time>', '2026-01-02T03:04:05Z').replaceAll('<version>', '7').replaceAll('<uid>', 'the-uid');
  return parse(text) as T;
}
