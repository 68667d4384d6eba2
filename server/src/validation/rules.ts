// The rules of every kind. A kind with rules of its own is one file and one line in `own`.
import type { KubeObject } from '../kube/object.ts';
import { kindOf } from '../schema/kinds.ts';
import { eventRules } from './core/event.ts';
import { leaseRules } from './core/lease.ts';
import { namespaceRules } from './core/namespace.ts';
import { nodeRules } from './core/node.ts';
import { withDefaults } from './defaults/with-defaults.ts';
import type { KindRules, RulesOf } from './kind-rules.ts';
import { metadataRules } from './metadata/rules.ts';
import { podRules } from './pod/pod.ts';
import { deploymentRules } from './workloads/deployment.ts';
import { replicaSetRules } from './workloads/replica-set.ts';

export type { KindRules } from './kind-rules.ts';

const own: Readonly<Record<string, RulesOf<never>>> = {
  'apps/v1 Deployment': deploymentRules,
  'apps/v1 ReplicaSet': replicaSetRules,
  'coordination.k8s.io/v1 Lease': leaseRules,
  'v1 Event': eventRules,
  'v1 Namespace': namespaceRules,
  'v1 Node': nodeRules,
  'v1 Pod': podRules,
};

const known = new Map<string, KindRules>();

/** The same rules every time for the same kind. Kinds without own rules get metadata rules and defaults. */
export function rulesOf(apiVersion: string, kind: string): KindRules {
  const type = kindOf(apiVersion, kind)?.type;
  // Only kinds that exist are kept, so that nobody can fill the memory with names.
  if (type === undefined) return { ...metadataRules(kind), defaults: (object) => object };
  const key = `${apiVersion} ${kind}`;
  let rules = known.get(key);
  if (!rules) known.set(key, (rules = { ...rulesOrMetadataRules(key, kind), defaults: (object) => withDefaults(type, object) }));
  return rules;
}

/** Whether the fields of a kind are judged here, or only its metadata. */
export function hasOwnRules(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(own, `${apiVersion} ${kind}`);
}

function rulesOrMetadataRules(key: string, kind: string): RulesOf<KubeObject> {
  return Object.hasOwn(own, key) ? (own[key] as RulesOf<KubeObject>) : metadataRules(kind);
}
