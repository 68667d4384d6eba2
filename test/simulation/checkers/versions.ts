// Versions and generations: they only grow, nobody claims to have seen what is not there yet, and a status write changes no spec.
import { isEqual } from '../../../server/src/kube/equal.ts';
import type { KubeObject } from '../../../server/src/kube/object.ts';
import type { Checker } from './checker.ts';

type Stateful = KubeObject & {
  readonly spec?: unknown;
  readonly status?: { readonly observedGeneration?: number; readonly conditions?: readonly { readonly type: string }[] };
};

export function versionsChecker(): Checker {
  let newest = 0;
  return {
    name: 'versions',
    onCommit({ resource, key, resourceVersion, before, after }) {
      const wrong = (what: string) => `${resource} ${key}@${resourceVersion}: ${what}`;
      if (resourceVersion !== newest + 1 && newest !== 0) return wrong(`follows ${newest}`);
      newest = resourceVersion;
      if (!after) return undefined;
      const { status, spec, metadata } = after as Stateful;
      if (metadata.resourceVersion !== String(resourceVersion)) return wrong(`has resourceVersion ${metadata.resourceVersion}`);
      const generation = metadata.generation ?? 0;
      if ((status?.observedGeneration ?? 0) > generation) return wrong(`observedGeneration ${status!.observedGeneration} is ahead of generation ${generation}`);
      const types = status?.conditions?.map(({ type }) => type) ?? [];
      if (new Set(types).size !== types.length) return wrong(`a condition twice: ${types.join(', ')}`);
      if (!before) return undefined;
      const was = before as Stateful;
      const wasGeneration = was.metadata.generation ?? 0;
      if (generation < wasGeneration) return wrong(`generation falls from ${wasGeneration} to ${generation}`);
      if (generation > wasGeneration + 1) return wrong(`generation jumps from ${wasGeneration} to ${generation}`);
      if ((status?.observedGeneration ?? 0) < (was.status?.observedGeneration ?? 0)) return wrong('observedGeneration falls');
      if (resource !== 'pods' && generation === wasGeneration && generation !== 0 && !isEqual(spec, was.spec))
        return wrong('another spec of the same generation');
      return undefined;
    },
  };
}
