// apiVersion and kind: whether the cluster serves them, in kubectl's words, and what to write instead.
import { groupOf } from '../../kube/object.ts';
import { kinds } from '../../schema/kinds.ts';
import type { Finding } from '../diagnostic.ts';
import { nearest } from '../did-you-mean.ts';
import type { RemovedVersion } from '../removed-versions.ts';
import { removedVersionOf } from '../removed-versions.ts';
import type { ObjectView } from './document-view.ts';

const ownGroups = new Set(kinds.map(({ group }) => group));
const ownVersions = [...new Set(kinds.map(({ apiVersion }) => apiVersion))];

/** Nothing for an object of a known kind. */
export function kindFindings(view: ObjectView): readonly Finding[] {
  const { apiVersion, kind, info } = view.object;
  if (info) return [];
  if (apiVersion === undefined || kind === undefined) return [notSet(view, apiVersion === undefined ? 'apiVersion' : 'kind')];
  const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
  const removed = removedVersionOf(apiVersion, kind);
  if (removed) return [removedVersion(view, message, removed)];
  if (!ownGroups.has(groupOf(apiVersion)) && !isMistyped(apiVersion)) return [foreign(view, message)];
  return [unknown(view, message, apiVersion, kind)];
}

function notSet(view: ObjectView, field: 'apiVersion' | 'kind'): Finding {
  const { apiVersion, kind } = view.object;
  const guess = field === 'apiVersion' ? kinds.find((one) => one.kind === kind)?.apiVersion : undefined;
  const example = guess ?? (field === 'apiVersion' ? 'apps/v1' : 'Deployment');
  return {
    span: view.keySpanOf([field === 'kind' && apiVersion !== undefined ? 'apiVersion' : 'kind']),
    severity: 'error',
    code: 'unknown-kind',
    message: `error validating data: ${field} not set`,
    explanation: `Every object says its apiVersion and kind. Add "${field}: ${example}".`,
  };
}

function removedVersion(view: ObjectView, message: string, { removedIn, now, change, kinds: [, ...others] }: RemovedVersion): Finding {
  const span = view.spanOf(['apiVersion']);
  const gone = `Kubernetes ${removedIn} removed this version of ${others.length === 0 ? 'the API' : 'these kinds'}.`;
  const way = now ? `Write "apiVersion: ${now}".` : 'It has no successor.';
  const more = change ? ` Also: ${change}.` : '';
  return {
    span,
    severity: 'error',
    code: 'removed-version',
    message,
    explanation: `${gone} ${way}${more}`,
    ...(now && { replacements: [{ span, text: now }] }),
  };
}

/** The kind of a custom resource or of a tool. It may be right; this cluster cannot tell, and does not apply it. */
function foreign(view: ObjectView, message: string): Finding {
  return {
    span: view.spanOf(['kind']),
    severity: 'warning',
    code: 'foreign-kind',
    message,
    explanation:
      'This kind is not part of Kubernetes itself. A cluster knows it after its CustomResourceDefinition is applied; until then this document is not applied.',
  };
}

function isMistyped(apiVersion: string): boolean {
  return nearest(apiVersion, ownVersions) !== undefined;
}

/** Either the kind is mistyped, or it is served under another version, or both. */
function unknown(view: ObjectView, message: string, apiVersion: string, kind: string): Finding {
  const elsewhere = kinds.filter((one) => one.kind === kind).map((one) => one.apiVersion);
  const inVersion = nearest(
    kind,
    kinds.filter((one) => one.apiVersion === apiVersion).map((one) => one.kind),
  );
  const field = elsewhere.length > 0 ? 'apiVersion' : inVersion || ownVersions.includes(apiVersion) ? 'kind' : 'apiVersion';
  const texts = elsewhere.length > 0 ? elsewhere : inVersion ? [inVersion] : suggestions(apiVersion, kind, field);
  const span = view.spanOf([field]);
  const [first] = texts;
  const explanation =
    first === undefined
      ? `Kubernetes has no kind "${kind}".`
      : elsewhere.length > 0
        ? `${kind} is served in ${elsewhere.join(' and ')}.`
        : `Did you mean "${first}"?`;
  return { span, severity: 'error', code: 'unknown-kind', message, explanation, replacements: texts.map((text) => ({ span, text })) };
}

function suggestions(apiVersion: string, kind: string, field: 'apiVersion' | 'kind'): readonly string[] {
  const text =
    field === 'apiVersion'
      ? nearest(apiVersion, ownVersions)
      : nearest(
          kind,
          kinds.map((one) => one.kind),
        );
  return text === undefined ? [] : [text];
}
