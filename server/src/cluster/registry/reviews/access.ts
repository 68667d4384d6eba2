// May somebody do something? SubjectAccessReview, and its forms for oneself and for one namespace.
import type { FieldError } from '../../../kube/field-error.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus } from '../../../kube/status.ts';
import type { LocalSubjectAccessReview, SelfSubjectAccessReview, SubjectAccessReview } from '../../../schema/generated/types.ts';
import { invalid } from '../../../validation/invalid.ts';
import { goStruct } from '../../../validation/text/go-struct.ts';
import { administrator, type User } from '../../authentication/user.ts';
import type { Attributes } from '../../authorization/attributes.ts';
import { authorize } from '../../authorization/authorize.ts';
import { badRequest } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { trackedBy } from '../managed-fields/tracked-by.ts';
import type { ApiRequest } from '../request.ts';
import type { Strategy } from '../strategy.ts';
import { inNamespace, readBody } from '../verbs/body.ts';
import { writeOf, type Answer, type VerbHandler } from '../verbs/handler.ts';

type OwnSpec = SelfSubjectAccessReview['spec'];
type Spec = SubjectAccessReview['spec'];

export const reviewOwnAccess: VerbHandler = (context, strategy, request, warnings) => {
  const body = readBody(strategy.info, request, warnings);
  if (isStatus(body)) return body;
  const spec = (body as SelfSubjectAccessReview).spec ?? {};
  const errors = [...checkAttributes(spec), ...checkMetadata(body, 'must be empty')];
  if (errors.length > 0) return invalidReview(strategy, errors);
  return answer(context, strategy, request, body, request.user ?? administrator, spec, warnings);
};

export const reviewAccess: VerbHandler = (context, strategy, request, warnings) => {
  const body = readBody(strategy.info, request, warnings);
  if (isStatus(body)) return body;
  const spec = (body as SubjectAccessReview).spec ?? {};
  const errors = [...checkSpec(spec), ...checkMetadata(body, 'must be empty')];
  return errors.length > 0 ? invalidReview(strategy, errors) : answer(context, strategy, request, body, subjectOf(spec), spec, warnings);
};

export const reviewLocalAccess: VerbHandler = (context, strategy, request, warnings) => {
  const read = readBody(strategy.info, request, warnings);
  if (isStatus(read)) return read;
  const body = inNamespace(strategy, read, request);
  if (isStatus(body)) return body;
  const { namespace } = request;
  if (!namespace) return badRequest('namespace is required on this type: ');
  const spec = (body as LocalSubjectAccessReview).spec ?? {};
  const { namespace: _own, ...rest } = body.metadata;
  const errors = [...checkSpec(spec), ...checkMetadata({ ...body, metadata: rest as KubeObject['metadata'] }, 'must be empty except for namespace')];
  const asked = spec.resourceAttributes && (spec.resourceAttributes.namespace ?? '');
  if (asked !== undefined && asked !== namespace) {
    errors.push({ type: 'FieldValueInvalid', path: 'spec.resourceAttributes.namespace', badValue: asked, detail: 'must match metadata.namespace' });
  }
  if (spec.nonResourceAttributes) {
    const badValue = goStruct('NonResourceAttributes', spec.nonResourceAttributes);
    errors.push({ type: 'FieldValueInvalid', path: 'spec.nonResourceAttributes', badValue, detail: 'disallowed on this kind of request' });
  }
  return errors.length > 0 ? invalidReview(strategy, errors) : answer(context, strategy, request, body, subjectOf(spec), spec, warnings);
};

function answer(context: RegistryContext, strategy: Strategy, request: ApiRequest, body: KubeObject, user: User, spec: OwnSpec, warnings: string[]): Answer {
  const { allowed, reason } = authorize(context.store, user, attributesOf(spec));
  const tracked = trackedBy(context, strategy, undefined, body, writeOf(context, request, warnings));
  const status = { allowed, ...(reason !== '' && { reason }) };
  return { code: 201, body: { ...tracked, status } as KubeObject };
}

const subjectOf = ({ user = '', groups = [], uid, extra }: Spec): User => ({
  name: user,
  groups,
  ...(uid !== undefined && { uid }),
  ...(extra && { extra: extra as NonNullable<User['extra']> }),
});

function attributesOf({ resourceAttributes, nonResourceAttributes }: OwnSpec): Attributes {
  if (!resourceAttributes) return { verb: nonResourceAttributes?.verb ?? '', path: nonResourceAttributes?.path ?? '' };
  const { verb = '', group = '', resource = '', subresource, namespace, name } = resourceAttributes;
  return { verb, group, resource, subresource, namespace, name };
}

/** The server has forgotten by then which kind it was sent. */
const invalidReview = ({ info }: Strategy, errors: readonly FieldError[]) => {
  const status = invalid({ group: info.group, kind: '' }, '', errors);
  const { kind: _none, ...details } = status.details ?? {};
  return { ...status, details };
};

function checkSpec(spec: Spec): FieldError[] {
  const errors = checkChoice(spec);
  if (!spec.user && !spec.groups?.length) {
    errors.push({ type: 'FieldValueInvalid', path: 'spec.user', badValue: '', detail: 'at least one of user or group must be specified' });
  }
  return [...errors, ...checkSelectors(spec)];
}

const checkAttributes = (spec: OwnSpec): FieldError[] => [...checkChoice(spec), ...checkSelectors(spec)];

function checkChoice({ resourceAttributes, nonResourceAttributes }: OwnSpec): FieldError[] {
  if (resourceAttributes && nonResourceAttributes) {
    const detail = 'cannot be specified in combination with resourceAttributes';
    return [{ type: 'FieldValueInvalid', path: 'spec.nonResourceAttributes', badValue: goStruct('NonResourceAttributes', nonResourceAttributes), detail }];
  }
  if (resourceAttributes || nonResourceAttributes) return [];
  const detail = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  return [{ type: 'FieldValueInvalid', path: 'spec.resourceAttributes', badValue: null, detail }];
}

/** A selector is given as text or in parts. */
function checkSelectors({ resourceAttributes }: OwnSpec): readonly FieldError[] {
  return (['fieldSelector', 'labelSelector'] as const).flatMap((name): readonly FieldError[] => {
    const selector = resourceAttributes?.[name];
    const path = `spec.resourceAttributes.${name}`;
    if (!selector) return [];
    const { rawSelector = '', requirements = [] } = selector;
    if (rawSelector !== '' && requirements.length > 0) {
      const detail = 'may not specified at the same time as requirements';
      return [{ type: 'FieldValueInvalid', path: `${path}.rawSelector`, badValue: rawSelector, detail }];
    }
    if (rawSelector !== '' || requirements.length > 0) return [];
    return [{ type: 'FieldValueRequired', path: `${path}.requirements`, detail: `when ${path} is specified, requirements or rawSelector is required` }];
  });
}

/** A question has no name and no labels. */
function checkMetadata({ metadata }: KubeObject, detail: string): readonly FieldError[] {
  const { managedFields: _, ...rest } = metadata;
  const isEmpty = Object.values(rest).every((value) => value === undefined || value === null || value === '');
  return isEmpty ? [] : [{ type: 'FieldValueInvalid', path: 'metadata', badValue: rest, detail }];
}
