// --overrides of run and expose: a patch of the object that they make.
import { isMap } from '../../cluster/registry/patch/json.ts';
import { mergePatch } from '../../cluster/registry/patch/merge-patch.ts';
import { strategicMerge } from '../../cluster/registry/patch/strategic-merge.ts';
import { ManifestFile } from '../../manifest/manifest-file.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { problem, type Problem } from '../problem.ts';
import type { Made } from './create/made.ts';

interface OverrideFlags {
  readonly overrides: string;
  readonly 'override-type': string;
}

export function overridden(made: Made, { overrides, 'override-type': type }: OverrideFlags): Made | Problem {
  if (overrides === '') return made;
  const patch = ManifestFile.read(overrides).documents[0]?.document.value;
  if (type === 'json') {
    const patched = Array.isArray(patch) ? applyJsonPatch(made, patch) : { error: 'Invalid JSON Patch' };
    return 'error' in patched ? problem(patched.error) : (patched.value as Made);
  }
  if (!isMap(patch)) return problem('Invalid JSON Patch');
  if (type !== 'strategic') return mergePatch({ ...made }, patch) as unknown as Made;
  const merged = strategicMerge({ ...made }, patch, made.kind);
  return 'error' in merged ? problem(merged.error) : (merged.result as unknown as Made);
}
