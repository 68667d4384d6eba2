// Whose token is this? The token of the kubeconfig is the front's own and is not known here.
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus } from '../../../kube/status.ts';
import type { TokenReview } from '../../../schema/generated/types.ts';
import { readToken } from '../../authentication/account-token.ts';
import { badRequest } from '../answers.ts';
import { trackedBy } from '../managed-fields/tracked-by.ts';
import { readBody } from '../verbs/body.ts';
import { writeOf, type VerbHandler } from '../verbs/handler.ts';
import { userInfo } from './user-info.ts';

export const reviewToken: VerbHandler = (context, strategy, request, warnings) => {
  const body = readBody(strategy.info, request, warnings);
  if (isStatus(body)) return body;
  const { token = '', audiences } = (body as TokenReview).spec ?? {};
  if (token === '') return badRequest('token is required for TokenReview in authentication');
  const { store, agenda, tokenKey } = context;
  const read = readToken(store, token, agenda.now, tokenKey, audiences?.length ? audiences : undefined);
  const tracked = trackedBy(context, strategy, undefined, body, writeOf(context, request, warnings));
  const status = 'error' in read ? { user: {}, error: read.error } : { authenticated: true, user: userInfo(read.user), audiences: read.audiences };
  return { code: 201, body: { ...tracked, status } as KubeObject };
};
