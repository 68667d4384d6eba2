// What a definition says to every request about its kind: a warning of a deprecated version, and no new objects while it is going.
import { failure, type Status } from '../../../kube/status.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import type { ApiRequest } from '../request.ts';

export function refuseCustom({ custom, group, resource }: KindInfo, { verb }: ApiRequest, warnings: string[]): Status | undefined {
  if (!custom) return undefined;
  if (custom.deprecation !== undefined) warnings.push(custom.deprecation);
  const isGoing = custom.definition.status.conditions?.some(({ type, status }) => type === 'Terminating' && status === 'True');
  if (!isGoing || verb !== 'create') return undefined;
  return failure(405, 'MethodNotAllowed', `${verb} not allowed while custom resource definition is terminating`, { group, kind: resource });
}
