// Server-side apply: the file is sent as it is; the server keeps who owns which field, and says when two disagree.
import { lastAppliedKey } from '../../../cluster/registry/patch/last-applied.ts';
import type { RequestOptions } from '../../../cluster/registry/request.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { recorded } from '../../change-cause.ts';
import type { Manifest } from '../../manifests.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import type { Session } from '../../session.ts';
import type { ApplyFlags } from './flags.ts';
import { report } from './report.ts';
import { migratedManagers, ownsLastApplied } from './migrate.ts';

const advice = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** The object as it is afterwards. */
export function applyOnServer(manifest: Manifest, session: Session, flags: ApplyFlags, options: RequestOptions): KubeObject | Problem {
  const { kind } = manifest;
  const object = recorded(manifest.object, session, flags);
  const { namespace, name } = object.metadata;
  if (!name) return problem('metadata.name: Required value: name is required');
  const send = (body: unknown, wanted: RequestOptions) => session.patch(kind, namespace, name, { type: 'apply', body }, wanted);
  const forced = { ...options, force: flags['force-conflicts'] };
  const applied = send(object, forced);
  if (isProblem(applied)) return applied.status?.reason === 'Conflict' ? problem(`${applied.status.message ?? ''}\n${advice}`) : applied;
  const kept = options.fieldManager === 'kubectl' ? keepLastApplied(applied) : applied;
  const migrated = migrate(kept);
  if (migrated.metadata.deletionTimestamp) session.warn(`Detected changes to resource ${name} which is currently being deleted.`);
  return report(session, kind, migrated, 'serverside-applied', flags) ?? migrated;

  /** What client-side apply remembers gets an owner of its own, so that this apply does not take it away. */
  function keepLastApplied(after: KubeObject): KubeObject {
    const value = after.metadata.annotations?.[lastAppliedKey];
    if (value === undefined || (after.metadata.managedFields ?? []).some((entry) => ownsLastApplied(entry, 'Apply'))) return after;
    const only = {
      apiVersion: after.apiVersion,
      kind: after.kind,
      metadata: { name, ...(namespace && { namespace }), annotations: { [lastAppliedKey]: value } },
    };
    const answer = send(only, { fieldManager: 'kubectl-last-applied', ...(options.dryRun && { dryRun: true }) });
    return isProblem(answer) ? after : answer;
  }

  /** The fields of client-side apply become this manager's; then the file is sent once more, so that what it no longer says goes. */
  function migrate(after: KubeObject): KubeObject {
    const managers = migratedManagers(after, options.fieldManager ?? '');
    if (!managers) return after;
    const body = [
      { op: 'replace', path: '/metadata/managedFields', value: managers },
      { op: 'replace', path: '/metadata/resourceVersion', value: after.metadata.resourceVersion },
    ];
    const answer = session.patch(kind, namespace, name, { type: 'json', body }, options);
    if (isProblem(answer)) return after;
    const again = send(object, forced);
    return isProblem(again) ? after : again;
  }
}
