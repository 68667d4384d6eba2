// The registry's own validation, as it would answer an apply of this object.
import type { FieldError } from '../../kube/field-error.ts';
import { fieldErrorText } from '../../kube/field-error.ts';
import type { KubeObject } from '../../kube/object.ts';
import { decode } from '../../schema/decode.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { schemaFieldErrors } from '../../schema/validators.ts';
import { customRules, uncheckedRules } from '../../validation/custom/rules.ts';
import { isFindings } from '../../validation/kind-rules.ts';
import { hasOwnRules, rulesOf } from '../../validation/rules.ts';
import { deprecationOf } from '../../validation/warnings/deprecated.ts';
import type { Finding } from '../diagnostic.ts';
import type { ObjectView } from './document-view.ts';
import { errorSpan } from './error-span.ts';
import { codes, explain, suggestionFor } from './explain.ts';
import { selectorMismatch } from './selector-mismatch.ts';

/** Nothing for an object that cannot be decoded: its wrong types come first, as in the server. */
export function validationFindings(view: ObjectView, kind: KindInfo): readonly Finding[] {
  const decoded = decode(kind, view.object.value);
  if ('error' in decoded) return [];
  const rules = kind.custom ? customRules(kind, kind.custom) : rulesOf(kind.apiVersion, kind.kind);
  const filled = rules.defaults(asCreated(kind, decoded.object));
  const object = rules.rehearse?.(filled) ?? filled;
  if (isFindings(object)) return withoutRepeats(object.map((error) => errorFinding(view, error)));
  // Where nobody has written down the rules of a kind, its schema knows what is required and which values there are.
  const inSchema =
    kind.custom || hasOwnRules(kind.apiVersion, kind.kind) ? [] : schemaFieldErrors(kind.apiVersion, kind.kind, view.object.value as unknown as KubeObject);
  // That some rules wait for others to be kept has no place in the text, and shows when they are.
  const errors = [...rules.validate(object).filter((error) => error !== uncheckedRules), ...inSchema].map((error) => errorFinding(view, error));
  // The server warns of what it accepts.
  if (errors.length > 0) return withoutRepeats(errors);
  const deprecation = kind.custom?.deprecation === undefined ? deprecationOf(kind) : [kind.custom.deprecation];
  return [...deprecation, ...(rules.warnings?.(object) ?? [])].map((text) => warningFinding(view, text));
}

/** As the registry sees it before it validates: named, and without what a client may not set. */
function asCreated({ custom }: KindInfo, object: KubeObject): KubeObject {
  const { status, ...rest } = object as KubeObject & { status?: unknown };
  const isPlainField = custom?.hasStatus === false && status !== undefined;
  const { managedFields: _fields, generation: _generation, ...metadata } = object.metadata;
  const name = !metadata.name && metadata.generateName ? { name: `${metadata.generateName}xxxxx` } : {};
  return { ...rest, ...(isPlainField && { status }), metadata: { ...metadata, ...name } };
}

function errorFinding(view: ObjectView, error: FieldError): Finding {
  const mismatch = selectorMismatch(view, error);
  if (mismatch) return mismatch;
  const span = errorSpan(view, error);
  const suggestion = suggestionFor(error);
  return {
    span,
    severity: 'error',
    code: codes[error.type],
    message: fieldErrorText(error),
    explanation: explain(error),
    ...(suggestion !== undefined && { replacements: [{ span, text: suggestion }] }),
  };
}

/** `spec.template.spec.containers[0].ports[1]: duplicate port definition …`: most warnings begin with a path. */
function warningFinding(view: ObjectView, text: string): Finding {
  const path = /^([a-z][\w.[\]/-]*): /.exec(text)?.[1];
  return {
    span: view.spanOf(path ? view.path(path) : []),
    severity: 'warning',
    code: 'server-warning',
    message: text,
    explanation: 'The API server accepts this, and answers with this warning.',
  };
}

/** The server may find the same thing twice; one squiggle says it. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ span, message }) => {
    const key = `${span.start} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
