// Whatever decoding lets through, the rules have an answer to: every value of rich objects is replaced by every simple value in turn.
import { expect, test } from 'vitest';
import type { KubeObject } from '../../server/src/kube/object.ts';
import { decode } from '../../server/src/schema/decode.ts';
import { kindOf } from '../../server/src/schema/kinds.ts';
import type { KindRules } from '../../server/src/validation/rules.ts';
import { rulesOf } from '../../server/src/validation/rules.ts';
import { readRecordings } from '../conformance/recordings.ts';

const simple: readonly unknown[] = [null, {}, [], [null], '', 'x', 0, -1, true];

type Path = readonly (string | number)[];

function* pathsIn(value: unknown, at: Path = []): Generator<Path> {
  if (at.length > 0) yield at;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) yield* pathsIn((value as Record<string, unknown>)[key], [...at, Array.isArray(value) ? Number(key) : key]);
}

function withValue(object: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = Array.isArray(object) ? [...object] : { ...(object as object) };
  (copy as Record<string | number, unknown>)[key] = withValue((object as Record<string | number, unknown>)[key], rest, value);
  return copy;
}

function problemWith(rules: KindRules, object: KubeObject, before: KubeObject): string | undefined {
  try {
    const next = rules.defaults(object);
    const answers = () =>
      JSON.stringify([rules.validate(next), rules.validateUpdate(next, before), rules.validateStatusUpdate?.(next, before), rules.warnings?.(next)]);
    if (rules.defaults(next) !== next) return 'not all defaults are filled in at once';
    return answers() === answers() ? undefined : 'two answers';
  } catch (error) {
    return error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 3).join(' ') : String(error);
  }
}

/** One object of each base of the recordings: the rich ones have something in most fields. */
const accepted = readRecordings<{ readonly id: string; readonly code: number; readonly manifest: KubeObject }>('validation').filter(({ code }) => code === 201);
const bases = ['RichPod', 'RichDeployment', 'ReplicaSet', 'Node', 'Namespace', 'Lease'].flatMap(
  (base) => accepted.find(({ id }) => id.startsWith(`${base}/`)) ?? [],
);

test('no rule fails, and no answer changes when it is asked for again', () => {
  const wrong: string[] = [];
  let count = 0;
  for (const { manifest } of bases) {
    const kind = kindOf(manifest.apiVersion, manifest.kind);
    if (!kind) throw new Error(`no kind ${manifest.kind}`);
    const rules = rulesOf(kind.apiVersion, kind.kind);
    const decoded = decode(kind, manifest);
    if ('error' in decoded) throw new Error(decoded.error);
    const before = rules.defaults(decoded.object);
    for (const path of pathsIn(manifest)) {
      for (const value of simple) {
        const read = decode(kind, withValue(manifest, path, value));
        if ('error' in read) continue;
        const problem = problemWith(rules, read.object, before);
        if (problem) wrong.push(`${manifest.kind} with ${path.join('.')} = ${JSON.stringify(value)}: ${problem}`);
        count++;
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(1000);
});
