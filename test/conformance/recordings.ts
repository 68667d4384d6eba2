// The recorded answers of a real API server (oracle/api), one object a line.
import { readFileSync } from 'node:fs';
import type { KindInfo } from '../../server/src/schema/kinds.ts';
import { kindOfResource } from '../../server/src/schema/kinds.ts';

export function readRecordings<T>(name: string): readonly T[] {
  const text = readFileSync(new URL(`oracle/api/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

/** '/apis/apps/v1/namespaces/v-val/deployments' → the kind Deployment of apps/v1. */
export function kindOfPath(path: string): KindInfo {
  const [root, ...rest] = path.split('/').filter(Boolean);
  const [group, version, ...steps] = root === 'api' ? ['', ...rest] : rest;
  const resource = steps[0] === 'namespaces' && steps.length > 2 ? steps[2] : steps[0];
  const kind = kindOfResource({ group: group ?? '', resource: resource ?? '' }, version);
  if (!kind) throw new Error(`no kind is served at ${path}`);
  return kind;
}
