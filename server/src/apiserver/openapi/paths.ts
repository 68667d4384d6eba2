// The paths of a group version: which methods a resource has, and which query parameters they take.
import type { KindInfo } from '../../schema/kinds.ts';
import { schemaName } from './schemas.ts';

type Operation = Readonly<Record<string, unknown>>;

const parameter = (name: string, type: string) => ({ name, in: 'query', schema: { type, uniqueItems: true } });
const writing = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => parameter(name, 'string'));
const listing = [
  ...['labelSelector', 'fieldSelector', 'continue', 'resourceVersion', 'resourceVersionMatch'].map((name) => parameter(name, 'string')),
  ...['limit', 'timeoutSeconds'].map((name) => parameter(name, 'integer')),
  ...['watch', 'allowWatchBookmarks', 'sendInitialEvents'].map((name) => parameter(name, 'boolean')),
];
const deleting = [parameter('dryRun', 'string'), parameter('gracePeriodSeconds', 'integer'), parameter('propagationPolicy', 'string')];

/** `root`: '/api/v1', '/apis/apps/v1'. */
export function pathsOf(root: string, kinds: readonly KindInfo[]): Operation {
  const entries = kinds.flatMap((kind) => {
    const collection = `${root}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.resource}`;
    return [
      ...(kind.namespaced && kind.verbs.includes('list') ? [[`${root}/${kind.resource}`, methods(kind, [['get', 'list', listing]])] as const] : []),
      [collection, methods(kind, collectionMethods)] as const,
      [`${collection}/{name}`, methods(kind, itemMethods)] as const,
    ];
  });
  return Object.fromEntries(entries.filter(([, operations]) => Object.keys(operations).length > 0));
}

type Method = readonly [method: string, verb: string, parameters: readonly object[]];

const collectionMethods: readonly Method[] = [
  ['get', 'list', listing],
  ['post', 'create', writing],
  ['delete', 'deletecollection', [...listing, ...deleting]],
];

const itemMethods: readonly Method[] = [
  ['get', 'get', []],
  ['put', 'update', writing],
  ['patch', 'patch', [...writing, parameter('force', 'boolean')]],
  ['delete', 'delete', deleting],
];

function methods(kind: KindInfo, wanted: readonly Method[]): Operation {
  return Object.fromEntries(
    wanted.filter(([, verb]) => kind.verbs.includes(verb)).map(([method, verb, parameters]) => [method, operation(kind, verb, parameters)]),
  );
}

const operation = ({ group, version, kind, type }: KindInfo, verb: string, parameters: readonly object[]): Operation => ({
  operationId: `${verb}${kind}`,
  parameters,
  responses: { 200: { description: 'OK', content: { 'application/json': { schema: { $ref: `#/components/schemas/${schemaName(type)}` } } } } },
  'x-kubernetes-action': verb,
  'x-kubernetes-group-version-kind': { group, kind, version },
});
