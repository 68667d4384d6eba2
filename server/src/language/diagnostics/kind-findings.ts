// apiVersion and kind: whether the cluster serves them, in kubectl's words, and what to write instead.
import { groupOf } from '../../kube/object.ts';
import type { Catalog } from '../../schema/custom/catalog.ts';
import { kinds } from '../../schema/kinds.ts';
import type { Finding } from '../diagnostic.ts';
import { nearest } from '../did-you-mean.ts';
import type { RemovedVersion } from '../removed-versions.ts';
import { removedVersionOf } from '../removed-versions.ts';
import type { ObjectView } from './document-view.ts';

const ownGroups = new Set(kinds.map(({ group }) => group));
const ownVersions = [...new Set(kinds.map(({ apiVersion }) => apiVersion))];

/** Nothing for an object of a known kind. */
export function kindFindings(view: ObjectView, catalog: Catalog): readonly Finding[] {
  const { apiVersion, kind, info } = view.object;
  if (info) return [];
  if (apiVersion === undefined || kind === undefined) return [notSet(view, apiVersion === undefined ? 'apiVersion' : 'kind')];
  const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
  const removed = removedVersionOf(apiVersion, kind);
  if (removed) return [removedVersion(view, message, removed)];
  if (!ownGroups.has(groupOf(apiVersion)) && !isMistyped(apiVersion)) return [foreign(view, message, catalog)];
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

/** The kind of a custom resource. It may be right: the cluster may know definitions that no open file has, and says so when the file is saved. */
function foreign(view: ObjectView, message: string, catalog: Catalog): Finding {
  const { apiVersion = '', kind = '' } = view.object;
  const found = similar(apiVersion, kind, catalog);
  if (!found) {
    const explanation = `Open or save the file with the CustomResourceDefinition of ${kind}: it then is checked here, and the cluster takes it.`;
    return { span: view.spanOf(['kind']), severity: 'information', code: 'foreign-kind', message, explanation };
  }
  const span = view.spanOf([found.field]);
  return {
    span,
    severity: 'warning',
    code: 'foreign-kind',
    message,
    explanation: found.explanation,
    replacements: found.texts.map((text) => ({ span, text })),
  };
}

/** What the definitions that are known here have instead: the kind in another version, or another kind of nearly this name. */
function similar(apiVersion: string, kind: string, { kinds }: Catalog) {
  const group = groupOf(apiVersion);
  const ofGroup = kinds.filter((one) => one.custom && one.group === group);
  const versions = ofGroup.filter((one) => one.kind === kind).map((one) => one.apiVersion);
  if (versions.length > 0) return { field: 'apiVersion', texts: versions, explanation: `${kind} is served in ${versions.join(' and ')}.` };
  const name = nearest(
    kind,
    ofGroup.map((one) => one.kind),
  );
  return name === undefined ? undefined : { field: 'kind', texts: [name], explanation: `Did you mean "${name}"?` };
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
