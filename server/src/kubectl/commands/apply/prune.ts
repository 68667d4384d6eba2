// --prune: what was applied before, matches the selector and is in no file any more, goes.
import { lastAppliedKey } from '../../../cluster/registry/patch/last-applied.ts';
import type { KubeObject } from '../../../kube/object.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import { objectName } from '../../resource-names.ts';
import { type DryRun } from '../../results.ts';
import type { Session } from '../../session.ts';
import type { ApplyFlags } from './flags.ts';

/** The kinds that are looked at unless --prune-allowlist names others; in the client's order. */
const namespacedKinds = [
  'v1/ConfigMap',
  'v1/Endpoints',
  'v1/PersistentVolumeClaim',
  'v1/Pod',
  'v1/ReplicationController',
  'v1/Secret',
  'v1/Service',
  'batch/v1/Job',
  'batch/v1/CronJob',
  'networking.k8s.io/v1/Ingress',
  'apps/v1/DaemonSet',
  'apps/v1/Deployment',
  'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet',
];
const clusterKinds = ['v1/Namespace', 'v1/PersistentVolume'];

export function prune(applied: readonly KubeObject[], session: Session, flags: ApplyFlags, dryRun: DryRun): Problem | undefined {
  const kinds = flags['prune-allowlist'].length > 0 ? allowed(flags['prune-allowlist'], session) : defaults(session);
  if (isProblem(kinds)) return kinds;
  const kept = new Set(applied.map(({ metadata }) => metadata.uid));
  const namespaces = [...new Set(applied.map(({ metadata }) => metadata.namespace).filter((namespace) => namespace !== undefined))];
  for (const kind of [...kinds.filter(({ namespaced }) => namespaced), ...kinds.filter(({ namespaced }) => !namespaced)]) {
    for (const namespace of kind.namespaced ? namespaces : [undefined]) {
      const failed = pruneKind(kind, namespace, kept, session, flags, dryRun);
      if (failed) return failed;
    }
  }
  return undefined;
}

function pruneKind(
  kind: KindInfo,
  namespace: string | undefined,
  kept: ReadonlySet<string>,
  session: Session,
  flags: ApplyFlags,
  dryRun: DryRun,
): Problem | undefined {
  const list = session.list(kind, namespace, flags.selector === '' ? {} : { labelSelector: flags.selector });
  if (isProblem(list)) return list;
  for (const { metadata } of list.items) {
    if (metadata.annotations?.[lastAppliedKey] === undefined || kept.has(metadata.uid)) continue;
    if (dryRun !== 'client') {
      const answer = session.delete(kind, namespace, metadata.name, { propagationPolicy: 'Background', ...(dryRun === 'server' && { dryRun: true }) });
      if (isProblem(answer)) return answer;
    }
    session.print(`${objectName(kind, metadata.name)} pruned${dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)'}`);
  }
  return undefined;
}

const defaults = (session: Session): readonly KindInfo[] =>
  (session.namespaceGiven ? namespacedKinds : [...namespacedKinds, ...clusterKinds]).map((text) => kindAt(text, session)!);

function kindAt(text: string, session: Session): KindInfo | undefined {
  const slash = text.lastIndexOf('/');
  return session.catalog.kindOf(text.slice(0, slash), text.slice(slash + 1));
}

/** 'apps/v1/Deployment', 'core/v1/ConfigMap'. */
function allowed(list: readonly string[], session: Session): readonly KindInfo[] | Problem {
  const kinds: KindInfo[] = [];
  for (const text of list) {
    if (text.split('/').length !== 3) return problem(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
    const kind = kindAt(text.replace(/^core\//, ''), session);
    if (!kind) return problem(`no matches for kind "${text.split('/')[2]}" in version "${text.slice(0, text.lastIndexOf('/'))}"`);
    kinds.push(kind);
  }
  return kinds;
}
