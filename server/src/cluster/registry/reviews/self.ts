// Who am I? (kubectl auth whoami)
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus } from '../../../kube/status.ts';
import { administrator } from '../../authentication/user.ts';
import { readBody } from '../verbs/body.ts';
import type { VerbHandler } from '../verbs/handler.ts';
import { userInfo } from './user-info.ts';

export const reviewSelf: VerbHandler = (context, { info }, request, warnings) => {
  const body = readBody(info, request, warnings);
  if (isStatus(body)) return body;
  const metadata = { creationTimestamp: context.time };
  const status = { userInfo: userInfo(request.user ?? administrator) };
  return { code: 201, body: { kind: info.kind, apiVersion: info.apiVersion, metadata, status } as unknown as KubeObject };
};
