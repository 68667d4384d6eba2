import { notFound } from '../answers.ts';
import { readComplete } from '../read.ts';
import type { VerbHandler } from './handler.ts';

export const handleGet: VerbHandler = (context, strategy, { namespace, name = '' }) => {
  const object = readComplete(context, strategy, namespace, name);
  return object ? { code: 200, body: object } : notFound(strategy.info, name);
};
