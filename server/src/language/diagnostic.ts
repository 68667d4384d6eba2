// What an editor shows at a place in a file. Plain data; only lsp/ knows the protocol.
import type { ProblemCode } from '../manifest/problem.ts';
import type { Range, Span } from '../manifest/text.ts';

export type Severity = 'error' | 'warning' | 'information';

export type DiagnosticCode =
  | ProblemCode
  /** A value of the wrong type. */
  | 'type'
  | 'unknown-field'
  | 'required'
  | 'invalid'
  | 'not-supported'
  | 'duplicate'
  | 'forbidden'
  | 'not-found'
  | 'too-long'
  | 'too-many'
  /** What the API server answers as a warning, not as an error. */
  | 'server-warning'
  /** No such kind, or no apiVersion or kind at all. */
  | 'unknown-kind'
  /** A kind of an API version that this Kubernetes version no longer serves. */
  | 'removed-version'
  /** A kind of a group that is not Kubernetes' own, such as a custom resource. */
  | 'foreign-kind'
  /** The same object twice in one file. */
  | 'duplicate-object'
  /** A `drydock.dev/…` annotation that makes no sense. */
  | 'annotation'
  /** A rule of ours failed. */
  | 'internal'
  /** The answer of the cluster to an apply that has no place of its own. */
  | 'apply';

export interface Diagnostic {
  readonly range: Range;
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  /** Where there is one, the API server's own text. */
  readonly message: string;
  /** What it means and what to do, in plain words. */
  readonly explanation: string;
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
  /** Texts that would repair it, the likeliest first: for quick fixes. */
  readonly replacements?: readonly { readonly range: Range; readonly text: string }[];
}

/** A diagnostic whose places count from the start of its document: it stays true wherever the document moves. */
export interface Finding {
  readonly span: Span;
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly explanation: string;
  readonly related?: { readonly span: Span; readonly message: string };
  readonly replacements?: readonly { readonly span: Span; readonly text: string }[];
}
