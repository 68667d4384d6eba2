import type { KubeObject } from '../../../kube/object.ts';
import { isStatus } from '../../../kube/status.ts';
import { deleted, notFound } from '../answers.ts';
import { deleteObject } from '../delete.ts';
import { readObject } from '../read.ts';
import { writeOf, type VerbHandler } from './handler.ts';
import { selectObjects } from './list.ts';

export const handleDelete: VerbHandler = (context, strategy, request, warnings) => {
  const { namespace, name = '', options = {} } = request;
  const before = readObject(context, strategy, namespace, name);
  if (!before) return notFound(strategy.info, name);
  const result = deleteObject(context, strategy, before, options, writeOf(context, request, warnings));
  if (isStatus(result)) return result;
  if ('pending' in result) return { code: 200, body: result.pending };
  return strategy.returnsDeleted ? { code: 200, body: result.gone } : deleted(strategy.info, name, before.metadata.uid);
};

/** Deletes what a list with the same options would show, and answers with that list. */
export const handleDeleteCollection: VerbHandler = (context, strategy, request, warnings) => {
  const selected = selectObjects(context, strategy, request);
  if (isStatus(selected)) return selected;
  const write = writeOf(context, request, warnings);
  const items: KubeObject[] = [];
  for (const object of selected) {
    const result = deleteObject(context, strategy, object, request.options ?? {}, write);
    if (isStatus(result)) return result;
    items.push('pending' in result ? result.pending : result.gone);
  }
  const { apiVersion, kind, custom } = strategy.info;
  return {
    code: 200,
    body: { kind: custom?.listKind ?? `${kind}List`, apiVersion, metadata: { resourceVersion: String(context.store.resourceVersion) }, items },
  };
};
