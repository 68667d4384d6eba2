// Small objects for the tests of this folder, decoded as the API server would, and what the rules say to them.
import { fieldErrorText } from '../../server/src/kube/field-error.ts';
import type { KubeObject } from '../../server/src/kube/object.ts';
import { decode } from '../../server/src/schema/decode.ts';
import type { Deployment, Pod } from '../../server/src/schema/generated/types.ts';
import { kindOf } from '../../server/src/schema/kinds.ts';
import { rulesOf } from '../../server/src/validation/rules.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The object as it is read, without defaults. */
export function read<T extends KubeObject>(body: Fields): T {
  const kind = kindOf(String(body['apiVersion']), String(body['kind']));
  if (!kind) throw new Error(`no kind ${String(body['kind'])}`);
  const decoded = decode(kind, body);
  if ('error' in decoded) throw new Error(decoded.error);
  return decoded.object as T;
}

export function withDefaults<T extends KubeObject>(body: Fields): T {
  const object = read<T>(body);
  return rulesOf(object.apiVersion, object.kind).defaults(object) as T;
}

export const container = { name: 'web', image: 'nginx:1.27' };

export const podOf = (spec: Fields, metadata: Fields = {}): Pod =>
  withDefaults<Pod>({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', ...metadata }, spec: { containers: [container], ...spec } });

export const deploymentOf = (spec: Fields = {}, podSpec: Fields = {}, metadata: Fields = {}): Deployment =>
  withDefaults<Deployment>({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', ...metadata },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container], ...podSpec } },
      ...spec,
    },
  });

const rules = ({ apiVersion, kind }: KubeObject) => rulesOf(apiVersion, kind);
const texts = (errors: Parameters<typeof fieldErrorText>[0][]) => errors.map(fieldErrorText);

export const findingsIn = (object: KubeObject): readonly string[] => texts([...rules(object).validate(object)]);
export const findingsInUpdate = <T extends KubeObject>(next: T, before: T): readonly string[] => texts([...rules(next).validateUpdate(next, before)]);
export const findingsInStatus = <T extends KubeObject>(next: T, before: T): readonly string[] =>
  texts([...(rules(next).validateStatusUpdate?.(next, before) ?? [])]);
export const warningsOf = (object: KubeObject, before?: KubeObject): readonly string[] => rules(object).warnings?.(object, before) ?? [];
