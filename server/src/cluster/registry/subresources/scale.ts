// autoscaling/v1 Scale: how many replicas of a workload, in one form for all workloads.
import { formatSelector, validSelectorOf, type LabelSelectorObject } from '../../../kube/label-selector.ts';
import type { KubeObject, StringMap } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Scale } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { invalid } from '../../../validation/invalid.ts';
import { notFound } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import type { ApiRequest } from '../request.ts';
import type { Strategy } from '../strategy.ts';
import { checkPreconditions, commitChange, settle } from '../update.ts';
import { readBody } from '../verbs/body.ts';
import { writeOf, type Answer, type VerbHandler } from '../verbs/handler.ts';
import { checkName } from '../verbs/update.ts';

type Scaled = KubeObject & {
  readonly spec: { readonly replicas?: number; readonly selector?: LabelSelectorObject | StringMap };
  readonly status?: { readonly replicas?: number };
};

const scaleKind = kindOf('autoscaling/v1', 'Scale')!;

export const getScale: VerbHandler = ({ store }, { info, resource }, { namespace, name = '' }) => {
  const object = store.get<Scaled>(resource, namespace, name);
  return object ? { code: 200, body: scaleOf(object) } : notFound(info, name);
};

export const updateScale: VerbHandler = (context, strategy, request, warnings) => {
  const { namespace, name = '' } = request;
  const body = readBody(scaleKind, request, warnings);
  if (isStatus(body)) return body;
  const before = context.store.get<Scaled>(strategy.resource, namespace, name);
  if (!before) return notFound(strategy.info, name);
  return checkName(body, name) ?? setScale(context, strategy, request, before, body as Scale, warnings);
};

export const patchScale: VerbHandler = (context, strategy, request, warnings) => {
  const { namespace, name = '' } = request;
  const before = context.store.get<Scaled>(strategy.resource, namespace, name);
  if (!before) return notFound(strategy.info, name);
  const scale = applyPatch(scaleKind, withManagers(scaleOf(before), before), request, warnings);
  return isStatus(scale) ? scale : setScale(context, strategy, request, before, scale as Scale, warnings);
};

function setScale(context: RegistryContext, strategy: Strategy, request: ApiRequest, before: Scaled, scale: Scale, warnings: string[]): Answer {
  const refused = checkPreconditions(strategy, before, scale.metadata) ?? checkReplicas(scale);
  if (refused) return refused;
  const next: Scaled = { ...before, spec: { ...before.spec, replicas: scale.spec?.replicas ?? 0 } };
  const after = commitChange(context, strategy, before, settle(strategy, before, next), writeOf(context, request, warnings));
  return isStatus(after) ? after : { code: 200, body: scaleOf(after as Scaled) };
}

/** A patch is made of a Scale that knows who has set the replicas. */
function withManagers(scale: Scale, { metadata }: Scaled): Scale {
  const managedFields = (metadata.managedFields ?? [])
    .filter(setsReplicas)
    .map((entry) => ({ ...entry, apiVersion: scale.apiVersion, fieldsV1: replicasOnly }));
  return managedFields.length === 0 ? scale : { ...scale, metadata: { ...scale.metadata, managedFields } };
}

const replicasOnly = { 'f:spec': { 'f:replicas': {} } };
const setsReplicas = (entry: object) => (entry as { readonly fieldsV1?: Partial<typeof replicasOnly> }).fieldsV1?.['f:spec']?.['f:replicas'] !== undefined;

function checkReplicas({ metadata, spec }: Scale): Status | undefined {
  const replicas = spec?.replicas ?? 0;
  if (replicas >= 0) return undefined;
  return invalid(scaleKind, metadata.name, [
    { type: 'FieldValueInvalid', path: 'spec.replicas', badValue: replicas, detail: 'must be greater than or equal to 0' },
  ]);
}

function scaleOf({ metadata: { name, namespace, uid, resourceVersion, creationTimestamp }, kind, spec, status }: Scaled): Scale {
  // A ReplicationController's selector is a plain map of labels.
  const selector = kind === 'ReplicationController' ? { matchLabels: spec.selector as StringMap } : (spec.selector as LabelSelectorObject);
  const text = formatSelector(validSelectorOf(selector));
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace !== undefined && { namespace }), uid, resourceVersion, creationTimestamp },
    spec: spec.replicas ? { replicas: spec.replicas } : {},
    status: { replicas: status?.replicas ?? 0, ...(text !== '' && { selector: text }) },
  };
}
