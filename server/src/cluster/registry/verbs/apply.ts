// PATCH with application/apply-patch+yaml: server-side apply.
import type { KubeObject } from '../../../kube/object.ts';
import { failure, isStatus, type Status } from '../../../kube/status.ts';
import { decode } from '../../../schema/decode.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { parseYaml } from '../../../schema/yaml-text.ts';
import { refuseCreation } from '../../authorization/authorize.ts';
import { badRequest, conflict, unexpected } from '../answers.ts';
import type { RegistryContext, Write } from '../context.ts';
import { createObject, withInitialDefaults } from '../create.ts';
import { applyConfiguration, type Conflict } from '../managed-fields/apply.ts';
import { checkApplied } from '../managed-fields/check.ts';
import { placesOf } from '../managed-fields/field-set.ts';
import { pathText, rootTypeOf } from '../managed-fields/parts.ts';
import { isMap, type Json, type JsonMap } from '../patch/json.ts';
import { fieldsProblem } from '../patch/restore.ts';
import { readComplete } from '../read.ts';
import type { ApiRequest } from '../request.ts';
import type { Strategy } from '../strategy.ts';
import { checkVersion, updateObject, type Part } from '../update.ts';
import { inNamespace } from './body.ts';
import { writeOf, type Answer } from './handler.ts';
import { checkName } from './update.ts';

export function applyPart(context: RegistryContext, strategy: Strategy, request: ApiRequest, part: Part, warnings: string[]): Answer {
  const { namespace, name = '', options = {}, subresource } = request;
  const { info } = strategy;
  const configuration = readConfiguration(strategy, request);
  if (isStatus(configuration)) return configuration;
  const live = readComplete(context, strategy, namespace, name);
  const sent = (configuration['metadata'] ?? {}) as { readonly uid?: string };
  if (!live && sent.uid) return conflict(info, name, `uid mismatch: the provided object specified uid ${sent.uid}, and no existing object was found`);
  const manager = { manager: options.fieldManager ?? '', operation: 'Apply', apiVersion: info.apiVersion, subresource } as const;
  const reset = part === 'status' ? notOfStatus : strategy.hasStatus ? [['f:status']] : [];
  const applied = applyConfiguration({ type: rootTypeOf(info), live, configuration, manager, force: options.force ?? false, time: context.time, reset });
  if ('conflicts' in applied) return conflictsOf(applied.conflicts);
  const read = decode(info, applied.object);
  if ('error' in read) return unconverted(info, configuration, applied.object, read.error);
  const object = checkName(read.object, name) ?? inNamespace(strategy, read.object, request);
  if (isStatus(object)) return object;
  warnings.push(...keysTwice(request));
  // Who owns what is settled; the write itself is nobody's.
  const { manager: by = '', ...rest } = writeOf(context, request, warnings);
  const write: Write = { ...rest, cause: { ...rest.cause, by } };
  if (!live) {
    const refused = refuseCreation(context.store, request);
    if (refused) return refused;
    const created = createObject(context, strategy, withInitialDefaults(strategy, object), write);
    return isStatus(created) ? created : { code: 201, body: created };
  }
  const refused = checkVersion(strategy, live, object.metadata);
  if (refused) return refused;
  const updated = updateObject(context, strategy, live, strategy.rules.defaults(object), part, write);
  return isStatus(updated) ? updated : { code: 200, body: updated };
}

/** What a status does not take from those who apply it. */
const notOfStatus = [['f:spec'], ['f:metadata', 'f:labels']];

/** The words of the reader that takes values for a Go struct, not those of its JSON. */
function unconverted(info: KindInfo, configuration: JsonMap, object: KubeObject, error: string): Status {
  if (info.custom) return badRequest(error);
  const kind = `${info.group ? info.apiVersion : `/${info.version}`}, Kind=${info.kind}`;
  const said = error.replace(/^.* cannot be handled as a \w+: /, '').replace(/Go struct field \S+ of type/, 'Go value of type');
  const why = `unable to convert unstructured object to ${kind}: ${fieldsProblem(object, info.type) ?? said}`;
  return unexpected(`failed to convert new object (${nameIn(configuration)}; ${kind}) to proper version: ${why}`);
}

function nameIn({ metadata }: JsonMap): string {
  const { namespace, name } = isMap(metadata) ? metadata : {};
  return `${textOf(namespace)}/${textOf(name)}`;
}

/** Keys that stand twice in the text; where they are an error that has been said already. */
function keysTwice({ text, options }: ApiRequest): readonly string[] {
  const validation = options?.fieldValidation ?? 'Warn';
  const parsed = text && validation === 'Warn' ? parseYaml(text.content) : undefined;
  if (!parsed || 'error' in parsed) return [];
  return parsed.strictErrors.flatMap((error) => error.split('\n').slice(1)).map((line) => line.trim());
}

/** What is no text counts as none, as in an unstructured object. */
const textOf = (value: Json): string => (typeof value === 'string' ? value : '');

/** The configuration, if it is one of this kind that can be applied. */
function readConfiguration({ info }: Strategy, { body, text, options }: ApiRequest): JsonMap | Status {
  const parsed = text ? parseYaml(text.content) : { value: body, strictErrors: [] };
  if ('error' in parsed) return badRequest(`error decoding YAML: ${parsed.error}`);
  if (parsed.strictErrors.length > 0 && options?.fieldValidation === 'Strict') {
    return badRequest(`error strict decoding YAML: error converting YAML to JSON: ${parsed.strictErrors[0]}`);
  }
  const value = parsed.value ?? {};
  if (!isMap(value)) {
    const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    return badRequest(
      `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${found} into Go value of type map[string]interface {}`,
    );
  }
  const sent: JsonMap = value;
  const { metadata } = sent as { readonly metadata?: JsonMap };
  const [apiVersion, kind] = [textOf(sent['apiVersion']), textOf(sent['kind'])];
  if (apiVersion !== info.apiVersion || kind !== info.kind) {
    return badRequest(`invalid object type: ${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Kind=${kind}`);
  }
  if (isMap(metadata) && Array.isArray(metadata['managedFields'])) return badRequest('metadata.managedFields must be nil');
  const problem = checkApplied(sent, rootTypeOf(info));
  const groupVersion = info.group ? info.apiVersion : `/${info.version}`;
  if (problem) return unexpected(`failed to create typed patch object (${nameIn(sent)}; ${groupVersion}, Kind=${kind}): ${problem}`);
  return sent;
}

/** `Apply failed with 1 conflict: conflict with "alice": .data.b`; more of them in lines, manager by manager. */
function conflictsOf(conflicts: readonly Conflict[]): Status {
  const byManager = conflicts
    .map((one) => ({ who: managerText(one), fields: [...placesOf(one.fields)].map(pathText) }))
    .sort((a, b) => (a.who < b.who ? -1 : 1));
  const causes = byManager.flatMap(({ who, fields }) => fields.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${who}`, field })));
  const [first] = causes;
  const message =
    causes.length === 1
      ? `Apply failed with 1 conflict: ${first!.message}: ${first!.field}`
      : `Apply failed with ${causes.length} conflicts: ${byManager.map(({ who, fields }) => `conflicts with ${who}:\n- ${fields.join('\n- ')}`).join('\n')}`;
  return failure(409, 'Conflict', message, { causes });
}

function managerText({ manager: { manager, operation, apiVersion, subresource } }: Conflict): string {
  const who = JSON.stringify(manager) + (subresource ? ` with subresource ${JSON.stringify(subresource)}` : '');
  return operation === 'Update' ? `${who} using ${apiVersion}` : who;
}
