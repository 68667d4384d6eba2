// POST serviceaccounts/NAME/token: a token for an account, for some time, bound to a pod, a secret or a node if wanted.
import type { FieldError } from '../../../kube/field-error.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import { formatTime } from '../../../kube/time.ts';
import type { AuthenticationV1TokenRequest, Pod, ServiceAccount } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { rulesOf } from '../../../validation/rules.ts';
import { invalid } from '../../../validation/invalid.ts';
import { issuer, makeToken, type TokenDraft } from '../../authentication/account-token.ts';
import { badRequest, conflict, notFound } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { trackedBy } from '../managed-fields/tracked-by.ts';
import { strategyOfResource } from '../resources.ts';
import type { Strategy } from '../strategy.ts';
import { readBody } from '../verbs/body.ts';
import { writeOf, type VerbHandler } from '../verbs/handler.ts';

const kind = kindOf('authentication.k8s.io/v1', 'TokenRequest')!;
const group = { group: kind.group, resource: kind.kind };

const leastSeconds = 600;
const mostSeconds = 2 ** 32;
/** What the volume of a pod asks for; such a token is good for a year, and only old after an hour. */
const podSeconds = 3_607;
const yearSeconds = 365 * 24 * 3_600;

export const createToken: VerbHandler = (context, strategy, request, warnings) => {
  const { namespace = '', name = '' } = request;
  const read = readBody(kind, request, warnings);
  if (isStatus(read)) return read;
  const body = rulesOf(kind.apiVersion, kind.kind).defaults(read);
  const { metadata: sent, spec: wanted } = body as AuthenticationV1TokenRequest;
  const misplaced = checkPlace(sent, namespace, name);
  if (misplaced) return misplaced;
  const account = context.store.get<ServiceAccount>('serviceaccounts', namespace, name);
  if (!account) return notFound(strategy.info, name);
  const { uid } = account.metadata;
  if (sent.uid && sent.uid !== uid) {
    return conflict(group, name, `the UID in the token request (${sent.uid}) does not match the UID of the service account (${uid})`);
  }
  const spec = {
    ...wanted,
    audiences: wanted?.audiences?.length ? wanted.audiences : [issuer],
    expirationSeconds: wanted?.expirationSeconds ?? 0,
    boundObjectRef: wanted?.boundObjectRef ?? null,
  };
  const errors = checkSeconds(spec.expirationSeconds);
  if (errors.length > 0) return invalid(kind, '', errors);
  const bound = boundTo(context, namespace, name, wanted?.boundObjectRef);
  if (isStatus(bound)) return bound;
  const lasts = bound.pod && spec.expirationSeconds === podSeconds && spec.audiences.every((audience) => audience === issuer);
  const token = makeToken(
    {
      account,
      bound,
      audiences: spec.audiences,
      expirationSeconds: lasts ? yearSeconds : spec.expirationSeconds,
      warnAfterSeconds: lasts ? spec.expirationSeconds : undefined,
      id: context.random.uuid(),
    },
    context.agenda.now,
    context.tokenKey,
  );
  const metadata = { ...sent, name, namespace, uid, creationTimestamp: context.time } as KubeObject['metadata'];
  const status = { token, expirationTimestamp: formatTime(context.agenda.now + spec.expirationSeconds * 1000) };
  const requested = { kind: kind.kind, apiVersion: kind.apiVersion, metadata, spec };
  // Fields are tracked as they were sent, before the server has filled in its own.
  const tracked = trackedBy(context, { ...strategy, info: kind }, undefined, body, writeOf(context, request, warnings));
  const { managedFields } = tracked.metadata;
  return { code: 201, body: { ...requested, metadata: { ...metadata, ...(managedFields && { managedFields }) }, status } };
};

function checkPlace(sent: Partial<KubeObject['metadata']>, namespace: string, name: string): Status | undefined {
  const wrong = (field: string, badValue: string) =>
    invalid(kind, name, [{ type: 'FieldValueInvalid', path: `metadata.${field}`, badValue, detail: `must match the service account ${field} if specified` }]);
  if (sent.name && sent.name !== name) return wrong('name', sent.name);
  return sent.namespace && sent.namespace !== namespace ? wrong('namespace', sent.namespace) : undefined;
}

function checkSeconds(seconds: number): readonly FieldError[] {
  const wrong = (detail: string) => [{ type: 'FieldValueInvalid', path: 'spec.expirationSeconds', badValue: seconds, detail } as const];
  if (seconds < leastSeconds) return wrong('may not specify a duration less than 10 minutes');
  return seconds > mostSeconds ? wrong('may not specify a duration larger than 2^32 seconds') : [];
}

type BoundReference = NonNullable<AuthenticationV1TokenRequest['spec']['boundObjectRef']>;

function boundTo({ store }: RegistryContext, namespace: string, account: string, ref: BoundReference | undefined): TokenDraft['bound'] | Status {
  if (!ref) return {};
  const { apiVersion = '', kind: refKind = '', name = '', uid } = ref;
  const resource = apiVersion.includes('/') ? undefined : { Pod: 'pods', Node: 'nodes', Secret: 'secrets' }[refKind];
  if (resource === undefined)
    return badRequest(`cannot bind token to object of type ${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Kind=${refKind}`);
  const object = store.get(resource, resource === 'nodes' ? undefined : namespace, name);
  if (!object) return notFound(infoOf(resource), name);
  const pod = resource === 'pods' ? (object as Pod) : undefined;
  if (pod && (pod.spec.serviceAccountName ?? '') !== account) {
    return badRequest(`cannot bind token for serviceaccount "${account}" to pod running with different serviceaccount name.`);
  }
  if (uid && uid !== object.metadata.uid) {
    const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
    return conflict({ group: '', resource: refKind }, name, why);
  }
  const node = pod?.spec.nodeName ? store.get('nodes', undefined, pod.spec.nodeName) : undefined;
  return { [resource.slice(0, -1)]: object.metadata, ...(node && { node: node.metadata }) };
}

const infoOf = (resource: string): Strategy['info'] => strategyOfResource(resource).info;
