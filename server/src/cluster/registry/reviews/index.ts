// Resources that are answered and stored nowhere. Most are questions that are asked by a create: the answer is the status of what was
// sent. One line a resource.
import { createBinding } from '../subresources/binding.ts';
import type { VerbHandler } from '../verbs/handler.ts';
import { reviewAccess, reviewLocalAccess, reviewOwnAccess } from './access.ts';
import { readComponentStatus } from './component-status.ts';
import { reviewOwnRules } from './rules.ts';
import { reviewSelf } from './self.ts';
import { reviewToken } from './token.ts';

const reviews: ReadonlyMap<string, VerbHandler> = new Map([
  ['componentstatuses', readComponentStatus],
  ['bindings', createBinding],
  ['localsubjectaccessreviews.authorization.k8s.io', reviewLocalAccess],
  ['selfsubjectaccessreviews.authorization.k8s.io', reviewOwnAccess],
  ['selfsubjectreviews.authentication.k8s.io', reviewSelf],
  ['selfsubjectrulesreviews.authorization.k8s.io', reviewOwnRules],
  ['subjectaccessreviews.authorization.k8s.io', reviewAccess],
  ['tokenreviews.authentication.k8s.io', reviewToken],
]);

/** `resource`: key of a collection. undefined: an ordinary resource. */
export const reviewOf = (resource: string): VerbHandler | undefined => reviews.get(resource);
