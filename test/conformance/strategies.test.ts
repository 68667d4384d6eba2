// What Kubernetes' own strategies (1.36.3, pkg/registry/*/strategy.go with rest.BeforeCreate and rest.BeforeUpdate) made of objects with
// mistakes drawn at random: findings, warnings, and the object as it would be stored. Findings are compared as a set, for Go walks maps at random.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Stateful } from '../../server/src/kube/object-form.ts';
import { settle, settleStatus } from '../../server/src/cluster/registry/update.ts';
import { withInitialDefaults } from '../../server/src/cluster/registry/create.ts';
import { strategyOf } from '../../server/src/cluster/registry/kinds/index.ts';
import { fieldErrorBody, type FieldError } from '../../server/src/kube/field-error.ts';
import type { KubeObject } from '../../server/src/kube/object.ts';
import { decode } from '../../server/src/schema/decode.ts';
import { kindOf } from '../../server/src/schema/kinds.ts';
import type { RegistryContext, Write } from '../../server/src/cluster/registry/context.ts';

interface StrategyRecord {
  readonly object: KubeObject;
  /** What the object is to replace; absent for a new one. */
  readonly old?: KubeObject;
  /** A write of the status alone. */
  readonly status?: boolean;
  readonly code: number;
  /** 'path|text', sorted. */
  readonly causes: readonly string[];
  readonly warnings: readonly string[];
  readonly result?: unknown;
}

const now = '2024-01-01T00:00:00Z';
const records = gunzipSync(readFileSync(new URL('strategies.jsonl.gz', import.meta.url)))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as StrategyRecord);

type Played = Pick<StrategyRecord, 'causes' | 'warnings' | 'result'>;

function play(record: StrategyRecord): Played {
  const info = kindOf(record.object.apiVersion, record.object.kind)!;
  const strategy = strategyOf(info);
  const { rules, special } = strategy;
  const sent = read(record.object);
  if (!record.old) {
    const metadata = { ...sent.metadata, name: sent.metadata.name ?? '', uid: 'u', creationTimestamp: now, ...(strategy.hasGeneration && { generation: 1 }) };
    const filled = withInitialDefaults(strategy, { ...sent, metadata });
    const begun = special.begin?.({} as RegistryContext, filled, undefined, {} as Write);
    const given = begun && 'object' in begun ? begun.object : filled;
    const prepared = special.prepareForCreate?.(given) ?? given;
    return played(rules.validate(prepared), () => rules.warnings?.(prepared) ?? [], rules.defaults(prepared));
  }
  const before = rules.defaults(read(record.old)) as Stateful;
  const next = rules.defaults(sent) as Stateful;
  if (record.status) {
    const settled = settleStatus(strategy, before, next, now);
    return played(rules.validateStatusUpdate?.(settled, before) ?? [], () => [], settled);
  }
  const settled = settle(strategy, before, next);
  return played(rules.validateUpdate(settled, before), () => rules.warnings?.(settled, before) ?? [], settled);
}

function read(body: KubeObject): KubeObject {
  const decoded = decode(kindOf(body.apiVersion, body.kind)!, body);
  if ('error' in decoded) throw new Error(decoded.error);
  const { managedFields: _, ...metadata } = decoded.object.metadata;
  return { ...decoded.object, metadata };
}

function played(errors: readonly FieldError[], warnings: () => readonly string[], result: KubeObject): Played {
  if (errors.length > 0) return { causes: errors.map((error) => `${error.path}|${fieldErrorBody(error)}`).sort(), warnings: [] };
  return { causes: [], warnings: warnings(), result: withoutVolatile(result) };
}

/** Without what is drawn or told by the clock; a claim is Pending as soon as it comes back from storage. */
function withoutVolatile(object: unknown): unknown {
  const plain = JSON.parse(JSON.stringify(object).replace(/"(lastPhaseTransitionTime|lastTransitionTime|lastUpdateTime)":"[^"]*"/g, '"$1":"T"')) as Stateful;
  const { uid: _1, creationTimestamp: _2, resourceVersion: _3, generation, ...metadata } = plain.metadata;
  const status = plain.kind === 'PersistentVolumeClaim' ? { phase: 'Pending', ...(plain.status as object) } : plain.status;
  return { ...plain, metadata: { ...metadata, ...(generation && { generation }) }, ...(status !== undefined && { status }) };
}

const titleOf = ({ object, old, status }: StrategyRecord) => `${object.kind}${status ? ', status' : old ? ', update' : ''}`;

test.each([...new Set(records.map(titleOf))])('%s: as the strategy of Kubernetes', (title) => {
  for (const record of records.filter((one) => titleOf(one) === title)) {
    const { causes, warnings, result } = record;
    const wanted = { causes, warnings: [...warnings].sort(), ...(result !== undefined && { result: withoutVolatile(result) }) };
    const got = play(record);
    expect({ ...got, warnings: [...got.warnings].sort() }, JSON.stringify(record.object)).toEqual(wanted);
  }
});
