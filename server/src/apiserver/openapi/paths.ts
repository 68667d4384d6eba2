// The paths of a group version: which methods a resource has, and which query parameters they take.
import type { KindInfo } from '../../schema/kinds.ts';
import type { Dialect, Json } from './dialect.ts';
import { schemaNameOf } from './schemas.ts';

type Parameter = readonly [name: string, type: string];

const texts = (...names: readonly string[]) => names.map((name): Parameter => [name, 'string']);
const writing = texts('dryRun', 'fieldManager', 'fieldValidation');
const deleting = [...texts('dryRun', 'propagationPolicy'), ['gracePeriodSeconds', 'integer'] as const];
const listing: readonly Parameter[] = [
  ...texts('labelSelector', 'fieldSelector', 'continue', 'resourceVersion', 'resourceVersionMatch'),
  ['limit', 'integer'],
  ['timeoutSeconds', 'integer'],
  ['watch', 'boolean'],
  ['allowWatchBookmarks', 'boolean'],
  ['sendInitialEvents', 'boolean'],
];

/** `root`: '/api/v1', '/apis/apps/v1'. */
export function pathsOf(root: string, kinds: readonly KindInfo[], dialect: Dialect): Json {
  const entries = kinds.flatMap((kind) => {
    const collection = `${root}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.resource}`;
    return [
      ...(kind.namespaced && kind.verbs.includes('list') ? [[`${root}/${kind.resource}`, methods(kind, [['get', 'list', listing]], dialect)] as const] : []),
      [collection, methods(kind, collectionMethods, dialect)] as const,
      [`${collection}/{name}`, methods(kind, itemMethods, dialect)] as const,
    ];
  });
  return Object.fromEntries(entries.filter(([, operations]) => Object.keys(operations).length > 0));
}

type Method = readonly [method: string, verb: string, parameters: readonly Parameter[]];

const collectionMethods: readonly Method[] = [
  ['get', 'list', listing],
  ['post', 'create', writing],
  ['delete', 'deletecollection', [...listing, ...deleting]],
];

const itemMethods: readonly Method[] = [
  ['get', 'get', []],
  ['put', 'update', writing],
  ['patch', 'patch', [...writing, ['force', 'boolean']]],
  ['delete', 'delete', deleting],
];

function methods(kind: KindInfo, wanted: readonly Method[], dialect: Dialect): Json {
  const served = wanted.filter(([, verb]) => kind.verbs.includes(verb));
  return Object.fromEntries(served.map(([method, verb, parameters]) => [method, operation(kind, verb, parameters, dialect)]));
}

const operation = (info: KindInfo, verb: string, parameters: readonly Parameter[], dialect: Dialect): Json => ({
  operationId: `${verb}${info.kind}`,
  parameters: parameters.map(([name, type]) => dialect.parameter(name, type)),
  responses: { 200: dialect.answer(dialect.reference(schemaNameOf(info))) },
  'x-kubernetes-action': verb,
  'x-kubernetes-group-version-kind': { group: info.group, kind: info.kind, version: info.version },
});
