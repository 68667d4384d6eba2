import type { KubeObject } from '../../../kube/object.ts';
import { isStatus } from '../../../kube/status.ts';
import { deleted, notFound } from '../answers.ts';
import { deleteObject } from '../delete.ts';
import type { KubeList } from '../request.ts';
import { readObject } from '../read.ts';
import { writeOf, type VerbHandler } from './handler.ts';
import { handleList } from './list.ts';

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
  const listed = handleList(context, strategy, request, warnings);
  if (isStatus(listed)) return listed;
  const list = listed.body as KubeList;
  const write = writeOf(context, request, warnings);
  const items: KubeObject[] = [];
  for (const object of list.items) {
    const result = deleteObject(context, strategy, object, request.options ?? {}, write);
    if (isStatus(result)) return result;
    items.push('pending' in result ? result.pending : result.gone);
  }
  return { code: 200, body: { ...list, items } };
};
