// Client-side apply: the file, the file as last applied, and what the server has are compared here, and the difference is sent.
import { lastAppliedKey, lastAppliedOf, withLastApplied } from '../../../cluster/registry/patch/last-applied.ts';
import { patchToApply } from '../../../cluster/registry/patch/three-way.ts';
import type { RequestOptions } from '../../../cluster/registry/request.ts';
import { goJson } from '../../../kube/go-json.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { quote } from '../../../kube/quote.ts';
import { recorded } from '../../change-cause.ts';
import type { Manifest } from '../../manifests.ts';
import { isEmpty } from '../../patch/merge-patch.ts';
import { isNotFound, isProblem, problem, whileDoing, type Problem } from '../../problem.ts';
import type { DryRun } from '../../results.ts';
import type { Session } from '../../session.ts';
import type { ApplyFlags } from './flags.ts';
import { report } from './report.ts';

/** The object as it is afterwards. */
export function applyOnClient(manifest: Manifest, session: Session, flags: ApplyFlags, dryRun: DryRun, options: RequestOptions): KubeObject | Problem {
  const { kind, source } = manifest;
  const object = withLastApplied({ ...recorded(manifest.object, session, flags) }) as unknown as KubeObject;
  const { namespace, name } = object.metadata;
  if (!name)
    return problem(
      object.metadata.generateName ? `from ${object.metadata.generateName}: cannot use generate name with apply` : 'resource name may not be empty',
    );
  const done = (result: KubeObject, operation: string) => report(session, kind, result, operation, flags) ?? result;
  const current = session.get(kind, namespace, name);
  if (isProblem(current)) {
    if (!isNotFound(current))
      return whileDoing(`error when retrieving current configuration of:\n${info(manifest)}\nfrom server for: ${quote(source)}`, current);
    const created = dryRun === 'client' ? object : session.create(kind, namespace, withoutNulls(object), options);
    return isProblem(created) ? whileDoing(`error when creating ${quote(source)}`, created) : done(created, 'created');
  }
  if (current.metadata.deletionTimestamp) session.warn(`Detected changes to resource ${name} which is currently being deleted.`);
  warnUnlessApplied(current, kind.resource, session);
  if (dryRun === 'client') return done(object, 'configured');
  const made = patchToApply(kind, lastAppliedOf({ ...current }), { ...object }, { ...withoutManagedFields(current) });
  if ('error' in made) return problem(made.error);
  const patch = made.result;
  if (isEmpty(patch)) return done(current, 'unchanged');
  const patched = session.patch(kind, namespace, name, { type: made.type, body: patch }, options);
  if (!isProblem(patched)) return done(patched, 'configured');
  const inner = whileDoing(`error when patching ${quote(source)}`, patched);
  return whileDoing(`error when applying patch:\n${goJson(patch)}\nto:\n${info(manifest)}\nfor: ${quote(source)}`, inner);
}

/** How the real client names an object in its errors. */
const info = ({ kind, object }: Manifest) =>
  `Resource: "${kind.group ? `${kind.group}/` : '/'}${kind.version}, Resource=${kind.resource}", GroupVersionKind: "${kind.group ? `${kind.group}/` : '/'}${kind.version}, Kind=${kind.kind}"\n` +
  `Name: "${object.metadata.name}", Namespace: "${object.metadata.namespace ?? ''}"`;

function warnUnlessApplied(current: KubeObject, resource: string, session: Session): void {
  if (current.metadata.annotations?.[lastAppliedKey] !== undefined) return;
  session.warn(
    `resource ${resource}/${current.metadata.name} is missing the ${lastAppliedKey} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`,
  );
}

/** As an update by the same file would leave it: what is null there is not set. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, withoutNulls(item)]])));
};

function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
