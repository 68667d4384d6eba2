// autoscaling/v1 Scale: how many replicas of a workload, in one form for all workloads.
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Scale } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { integerAt } from '../../../validation/custom/nested.ts';
import { invalid } from '../../../validation/invalid.ts';
import { notFound, unexpected } from '../answers.ts';
import type { RegistryContext } from '../context.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { readComplete, readObject } from '../read.ts';
import type { ApiRequest } from '../request.ts';
import type { Strategy } from '../strategy.ts';
import { checkPreconditions, commitChange, settle, updateObject } from '../update.ts';
import { inNamespace, readBody } from '../verbs/body.ts';
import { writeOf, type Answer, type VerbHandler } from '../verbs/handler.ts';
import { checkName } from '../verbs/update.ts';
import { scalePartsOf, withReplicas, type Scaled } from './scale-parts.ts';

const scaleKind = kindOf('autoscaling/v1', 'Scale')!;

export const getScale: VerbHandler = (context, strategy, { namespace, name = '' }) => {
  const object = readObject<Scaled>(context, strategy, namespace, name);
  if (!object) return notFound(strategy.info, name);
  return customScaleProblem(strategy, object) ?? answerOf(strategy, object);
};

export const updateScale: VerbHandler = (context, strategy, request, warnings) => {
  const { namespace, name = '' } = request;
  const body = readBody(scaleKind, request, warnings);
  if (isStatus(body)) return body;
  const before = readComplete<Scaled>(context, strategy, namespace, name);
  if (!before) return notFound(strategy.info, name);
  const elsewhere = inNamespace(strategy, body, request);
  if (isStatus(elsewhere)) return elsewhere;
  return checkName(body, name) ?? setScale(context, strategy, request, before, body as Scale, warnings);
};

export const patchScale: VerbHandler = (context, strategy, request, warnings) => {
  const { namespace, name = '' } = request;
  const before = readComplete<Scaled>(context, strategy, namespace, name);
  if (!before) return notFound(strategy.info, name);
  const live = scaleOf(strategy, before);
  if (isStatus(live)) return live;
  const scale = applyPatch(scaleKind, withManagers(live, before), request, warnings);
  return isStatus(scale) ? scale : setScale(context, strategy, request, before, scale as Scale, warnings);
};

function setScale(context: RegistryContext, strategy: Strategy, request: ApiRequest, before: Scaled, scale: Scale, warnings: string[]): Answer {
  // A Scale may come without a version, whatever its object asks for.
  const refused = checkPreconditions({ ...strategy, needsResourceVersion: false }, before, scale.metadata) ?? checkReplicas(scale);
  if (refused) return refused;
  const replicas = scale.spec?.replicas ?? 0;
  const next = withReplicas(strategy.info, before, replicas);
  if (strategy.info.custom?.scale) {
    const written = updateObject(context, strategy, before, next, 'all but status', writeOf(context, request, warnings));
    return isStatus(written) ? written : answerOf(strategy, written as Scaled);
  }
  const after = commitChange(context, strategy, before, settle(strategy, before, next), writeOf(context, request, warnings));
  return isStatus(after) ? after : answerOf(strategy, after as Scaled);
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

function answerOf(strategy: Strategy, object: Scaled): Answer {
  const scale = scaleOf(strategy, object);
  return isStatus(scale) ? scale : { code: 200, body: scale };
}

function scaleOf({ info }: Strategy, object: Scaled): Scale | Status {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const parts = scalePartsOf(info, object);
  if ('error' in parts) return unexpected(parts.error);
  const { wanted, running, selector } = parts;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace !== undefined && { namespace }), uid, resourceVersion, creationTimestamp },
    spec: wanted ? { replicas: wanted } : {},
    status: { replicas: running, ...(selector !== '' && { selector }) },
  };
}

function customScaleProblem({ info }: Strategy, object: KubeObject): Status | undefined {
  const path = info.custom?.scale?.specReplicasPath;
  if (path === undefined) return undefined;
  const found = integerAt(object, path);
  if ('error' in found || found.value !== undefined) return undefined;
  return unexpected(`Internal error occurred: the spec replicas field ${JSON.stringify(path)} does not exist`);
}
