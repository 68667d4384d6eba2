// The language service: open files, and everything an editor asks of them. Knows no editor, no protocol and no cluster.
// Invariants: it answers from the text alone and at once; nothing a file contains makes it throw; after an edit only the edited document is read
// and checked again.
import type { Status } from '../kube/status.ts';
import type { Limits } from '../manifest/limits.ts';
import { defaultLimits } from '../manifest/limits.ts';
import type { ManifestDocument } from '../manifest/manifest-document.ts';
import type { PlacedDocument } from '../manifest/manifest-file.ts';
import { ManifestFile } from '../manifest/manifest-file.ts';
import type { Position, Range, TextChange } from '../manifest/text.ts';
import { builtIn, type Catalog } from '../schema/custom/catalog.ts';
import type { Completion } from './completion.ts';
import { completionsAt } from './completion.ts';
import type { Diagnostic, Finding } from './diagnostic.ts';
import { CustomKinds, mayDefine } from './custom-kinds.ts';
import { documentFindings } from './diagnostics/document-findings.ts';
import { duplicateObjects, unreadDocuments } from './diagnostics/file-findings.ts';
import { statusDiagnostics } from './diagnostics/status-diagnostics.ts';
import type { Descriptions, Hover } from './hover.ts';
import { hoverAt } from './hover.ts';
import type { LocatedObject } from './kubernetes-object.ts';
import { objectsIn, objectsOf } from './kubernetes-object.ts';
import type { FileObject } from './objects.ts';
import { fileObjects } from './objects.ts';
import type { DocumentSymbol } from './symbols.ts';
import { symbolsOf } from './symbols.ts';

export interface LanguageLimits extends Limits {
  /** `drydock.limits.pods`: replicas beyond it are an error. */
  readonly pods: number;
}

/** What was found in a document, and by which kinds. */
interface Found {
  readonly catalog: Catalog;
  readonly objects: readonly LocatedObject[];
  readonly found: readonly Finding[];
}

const defaultLanguageLimits: LanguageLimits = { ...defaultLimits, pods: 20_000 };

export class LanguageService {
  private readonly files = new Map<string, ManifestFile>();
  private readonly limits: LanguageLimits;
  /** Findings hang on the document, which stays the same object for as long as its text does, and on the kinds of its objects. */
  private readonly findings = new WeakMap<ManifestDocument, Found>();
  private readonly customKinds = new CustomKinds();
  private readonly outdated = new Set<string>();

  constructor(limits: Partial<LanguageLimits> = {}) {
    this.limits = { ...defaultLanguageLimits, ...limits };
  }

  open(uri: string, text: string): void {
    this.files.set(uri, ManifestFile.read(text, this.limits));
  }

  /** Changes in the order in which the editor made them; each speaks of the text that the ones before it left. */
  change(uri: string, changes: readonly TextChange[]): void {
    const file = this.files.get(uri);
    if (file) this.files.set(uri, file.edit(changes));
  }

  close(uri: string): void {
    this.files.delete(uri);
    this.outdated.delete(uri);
    this.readDefinitions(uri);
  }

  /** Files whose diagnostics are others since a CustomResourceDefinition of another file changed. Each is told once. */
  takeOutdated(): readonly string[] {
    const uris = [...this.outdated];
    this.outdated.clear();
    return uris;
  }

  /** Undefined for a file that is not open; so are all other answers, or empty. */
  text(uri: string): string | undefined {
    return this.files.get(uri)?.text;
  }

  /**
   * Reads and checks documents that have not been since their last change, until `isTimeUp` says so; true when none is left. A large file can be
   * opened in slices with it, and other requests answered between them. CustomResourceDefinitions come first: the others depend on them.
   */
  prepare(uri: string, isTimeUp: () => boolean): boolean {
    const documents = this.files.get(uri)?.documents.map(({ document }) => document) ?? [];
    const isRead = (document: ManifestDocument) =>
      this.findings.has(document) || !mayDefine(document) || (!isTimeUp() && this.findingsOf(document, builtIn) !== undefined);
    if (!documents.every(isRead)) return false;
    const catalog = this.readDefinitions(uri);
    return documents.every(
      (document) => this.knownFindings(document, catalog) !== undefined || (!isTimeUp() && this.findingsOf(document, catalog) !== undefined),
    );
  }

  /** False when a part of the file cannot be read, so that nobody knows which objects stand there. */
  isReadable(uri: string): boolean {
    const file = this.files.get(uri);
    if (!file || file.problems.length > 0) return false;
    return !file.documents.some(({ document }) => isBroken(document) && !objectsOf(document).some(({ name }) => name !== undefined));
  }

  /** Everything wrong with a file, in the order of its text. */
  diagnose(uri: string): readonly Diagnostic[] {
    const file = this.files.get(uri);
    if (!file) return [];
    const whole = file.problems.map(({ span, severity, code, message, advice }) => ({
      range: rangeInText(file.text, span.start, span.end),
      severity,
      code,
      message,
      explanation: advice,
    }));
    const catalog = this.readDefinitions(uri);
    const inDocuments = file.documents.flatMap((placed) => this.findingsOf(placed.document, catalog).map((finding) => placedDiagnostic(file, placed, finding)));
    return [...whole, ...inDocuments, ...duplicateObjects(file, catalog), ...unreadDocuments(file)].sort(
      (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
    );
  }

  /**
   * The answer of an apply as diagnostics: each cause at its field, or all of it at `kind`. The places are those of the object as it stands in the
   * file now, or as it stood when it was taken if it is no longer there.
   */
  diagnoseStatus(uri: string, applied: FileObject, status: Status): readonly Diagnostic[] {
    const isSame = (one: FileObject) => one.kind === applied.kind && one.namespace === applied.namespace && one.name === applied.name;
    return statusDiagnostics(this.objects(uri).find(isSame) ?? applied, status);
  }

  /** The Kubernetes objects of a file in the order of its text: what an apply sends, and where each of them is. */
  objects(uri: string): readonly FileObject[] {
    const file = this.files.get(uri);
    const catalog = this.readDefinitions(uri);
    return file ? fileObjects(file, catalog, (document) => this.findingsOf(document, catalog)) : [];
  }

  async hover(uri: string, position: Position): Promise<Hover | undefined> {
    const file = this.files.get(uri);
    const placed = file?.documentAt(position);
    if (!file || !placed) return undefined;
    const catalog = this.readDefinitions(uri);
    const findings = this.findingsOf(placed.document, catalog);
    return hoverAt(file, placed, position, { findings, objects: objectsIn(placed.document, catalog), descriptions: loadDescriptions });
  }

  completions(uri: string, position: Position): readonly Completion[] {
    const file = this.files.get(uri);
    const placed = file?.documentAt(position);
    return file && placed ? completionsAt(file, placed, position, this.readDefinitions(uri)) : [];
  }

  symbols(uri: string): readonly DocumentSymbol[] {
    const file = this.files.get(uri);
    return file ? symbolsOf(file) : [];
  }

  private findingsOf(document: ManifestDocument, catalog: Catalog): readonly Finding[] {
    const known = this.knownFindings(document, catalog);
    if (known) return known;
    const objects = objectsIn(document, catalog);
    const found = documentFindings(document, objects, { limits: this.limits, catalog });
    this.findings.set(document, { catalog, objects, found });
    return found;
  }

  /** Whether a file has objects of kinds that are in no table. Documents that nobody has read yet will be read with the new kinds anyway. */
  private hasOtherKinds({ documents }: ManifestFile): boolean {
    return documents.some(({ document }) => this.findings.has(document) && objectsOf(document).some(({ info }) => !info));
  }

  private knownFindings(document: ManifestDocument, catalog: Catalog): readonly Finding[] | undefined {
    const known = this.findings.get(document);
    if (!known || known.catalog === catalog) return known?.found;
    if (known.objects !== objectsIn(document, catalog) || known.objects.some(({ info }) => !info)) return undefined;
    this.findings.set(document, { ...known, catalog });
    return known.found;
  }

  /** The kinds that a file knows, after a look at its own definitions. */
  private readDefinitions(uri: string): Catalog {
    const isSound = (document: ManifestDocument) => !this.findingsOf(document, builtIn).some(({ severity }) => severity === 'error');
    if (this.customKinds.update(uri, this.files.get(uri), isSound)) {
      for (const [other, file] of this.files) if (other !== uri && this.hasOtherKinds(file)) this.outdated.add(other);
    }
    return this.customKinds.catalogOf(uri);
  }
}

const loadDescriptions = (): Promise<Descriptions> => import('../schema/descriptions.ts');

function isBroken({ problems }: ManifestDocument): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

function placedDiagnostic(file: ManifestFile, placed: PlacedDocument, { span, related, replacements, ...rest }: Finding): Diagnostic {
  return {
    ...rest,
    range: file.rangeIn(placed, span),
    ...(related && { related: [{ range: file.rangeIn(placed, related.span), message: related.message }] }),
    ...(replacements && { replacements: replacements.map((one) => ({ range: file.rangeIn(placed, one.span), text: one.text })) }),
  };
}

/** For a file that is too large to have documents: its first line is near. */
function rangeInText(text: string, start: number, end: number): Range {
  const line = text.slice(0, start).split('\n').length - 1;
  const character = start - (text.lastIndexOf('\n', start - 1) + 1);
  return { start: { line, character: start === 0 ? 0 : character }, end: { line, character: (start === 0 ? 0 : character) + end - start } };
}
