import { notFound } from '../answers.ts';
import type { VerbHandler } from './handler.ts';

export const handleGet: VerbHandler = ({ store }, { info, resource }, { namespace, name = '' }) => {
  const object = store.get(resource, namespace, name);
  return object ? { code: 200, body: object } : notFound(info, name);
};
