// textDocument/didSave and drydock/apply: the file goes to the cluster; what it refuses becomes diagnostics.
import type { FileObject } from '../../language/objects.ts';
import type { Notifications, ActResult } from '../../protocol/methods.ts';
import type { ApplyOutcome } from '../../worker/messages.ts';
import type { Refusal } from '../diagnostics-board.ts';
import { idOf } from '../object-id.ts';
import type { Session } from '../session.ts';
import { onRequest } from './on-request.ts';

export function registerApply(session: Session): void {
  session.connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    if (session.settings.applyOnSave) void apply(session, uri);
  });
  onRequest(session, 'drydock/apply', ({ uri }) => apply(session, uri));
}

/** Applies what can be applied; a broken document never blocks its neighbours, and what it stood for stays as it was. */
async function apply({ connection, language, cluster, board }: Session, uri: string): Promise<ActResult> {
  const objects = language.objects(uri);
  const ready = objects.filter((object) => object.isApplicable);
  const kept = objects.filter((object) => !object.isApplicable && object.name !== undefined).map(idOf);
  const complete = language.isReadable(uri);
  try {
    const outcome = await cluster.request('apply', { uri, objects: ready.map(({ value }) => value), kept, complete });
    board.showRefusals(uri, refusals(ready, outcome));
    const applied = summary(uri, outcome, objects.length - ready.length);
    void connection.sendNotification('drydock/applied', applied);
    return { ok: applied.refused === 0, message: outcome.objects.flatMap(({ status }) => status?.message ?? []).join('\n') };
  } catch (error) {
    return { ok: false, message: (error as Error).message };
  }
}

function refusals(ready: readonly FileObject[], { objects }: ApplyOutcome): readonly Refusal[] {
  return objects.flatMap(({ status }, index) => (status ? [{ object: ready[index]!, status }] : []));
}

function summary(uri: string, { objects, pruned }: ApplyOutcome, notApplicable: number): Notifications['drydock/applied'] {
  const count = (...results: readonly string[]) => objects.filter(({ result }) => results.includes(result)).length;
  return { uri, applied: count('created', 'configured'), unchanged: count('unchanged'), pruned: pruned.length, refused: count('refused') + notApplicable };
}
