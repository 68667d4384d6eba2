// Everything that can be said of one document by itself. Adding a check: a file beside this one, and one line here.
import type { ManifestDocument } from '../../manifest/manifest-document.ts';
import type { Catalog } from '../../schema/custom/catalog.ts';
import type { Finding } from '../diagnostic.ts';
import type { LocatedObject } from '../kubernetes-object.ts';
import { annotationFindings } from './annotation-findings.ts';
import { decodeFindings } from './decode-findings.ts';
import { ObjectView } from './document-view.ts';
import { kindFindings } from './kind-findings.ts';
import { limitFindings } from './limit-findings.ts';
import { textFindings } from './text-findings.ts';
import { validationFindings } from './validation-findings.ts';

export interface FindingLimits {
  /** `drydock.limits.pods`. */
  readonly pods: number;
}

/** What findings depend on beside the text. */
export interface FindingContext {
  readonly limits: FindingLimits;
  readonly catalog: Catalog;
}

/** In the order of the text. Nothing for a document that is no manifest. `objects`: those of the document, with the kinds of the catalog. */
export function documentFindings(document: ManifestDocument, objects: readonly LocatedObject[], context: FindingContext): readonly Finding[] {
  if (objects.length === 0 && !isBrokenManifest(document)) return [];
  const inText = textFindings(document);
  const isGuess = document.problems.some(({ severity, code }) => severity === 'error' && code !== 'duplicate-key');
  const inObjects = objects.flatMap((object) => objectFindings(new ObjectView(object, document), object, context, isGuess));
  const lines = new Set(inText.map(({ span }) => document.positionAt(span.start).line));
  const clear = isGuess ? inObjects.filter(({ span }) => !lines.has(document.positionAt(span.start).line)) : inObjects;
  return [...inText, ...clear].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Where the text is damaged its objects are a guess: good enough for what is written in them, not for what is missing. */
function objectFindings(view: ObjectView, { info }: LocatedObject, { limits, catalog }: FindingContext, isGuess: boolean): readonly Finding[] {
  const known = info ? [...decodeFindings(view, info), ...limitFindings(view, limits.pods)] : [];
  const validated = info && !isGuess ? guarded(view, () => validationFindings(view, info)) : [];
  return [...kindFindings(view, catalog), ...known, ...validated, ...annotationFindings(view)];
}

/** A rule that fails is our mistake; it must not take the diagnostics of the file with it. */
function guarded(view: ObjectView, check: () => readonly Finding[]): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    const message = `Drydock could not check this object: ${(error as Error).message}`;
    return [{ span: view.spanOf(['kind']), severity: 'information', code: 'internal', message, explanation: 'This is a mistake in Drydock, not in the file.' }];
  }
}

/** Damage may hide apiVersion and kind from the parser, but hardly from the eye. */
function isBrokenManifest({ isTemplate, problems, text }: ManifestDocument): boolean {
  return !isTemplate && problems.length > 0 && /^(\s*"apiVersion"|apiVersion)\s*:/m.test(text);
}
