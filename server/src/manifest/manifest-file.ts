// A file of documents, and its next version after an edit. Invariant: `edit` gives exactly the documents that reading the new text from scratch
// would give, and the unedited ones are the very same ManifestDocument objects. Its cost: the text of the edited document and its neighbours, and
// one small record for each document of the file.
import type { Limits } from './limits.ts';
import { defaultLimits, grouped } from './limits.ts';
import { ManifestDocument } from './manifest-document.ts';
import type { Problem } from './problem.ts';
import { problem } from './problem.ts';
import { documentStarts, startsWithBrace, yamlStarts } from './split.ts';
import type { Position, Range, Span, TextChange } from './text.ts';
import { lastAtOrBelow } from './text.ts';

/** A document and where it starts in its file. */
export interface PlacedDocument {
  readonly document: ManifestDocument;
  readonly offset: number;
  readonly line: number;
  /** 0 but for JSON objects that follow each other on one line. */
  readonly character: number;
}

export class ManifestFile {
  readonly documents: readonly PlacedDocument[];
  readonly length: number;
  /** What is wrong with the file as a whole; its places count from the start of the file. */
  readonly problems: readonly Problem[];
  private readonly limits: Limits;
  private joined: string | undefined;

  private constructor(documents: readonly ManifestDocument[], limits: Limits, unread?: { text: string; problem: Problem }) {
    this.limits = limits;
    this.documents = place(documents);
    const last = this.documents.at(-1);
    this.length = unread?.text.length ?? (last ? last.offset + last.document.text.length : 0);
    this.joined = unread?.text;
    this.problems = unread ? [unread.problem] : [];
  }

  static read(text: string, limits: Limits = defaultLimits): ManifestFile {
    return ManifestFile.build(text, limits, []);
  }

  /** A file beyond a limit has no documents, only the problem that says so. */
  private static build(text: string, limits: Limits, before: readonly ManifestDocument[]): ManifestFile {
    if (isTooLong(text.length, limits)) return new ManifestFile([], limits, { text, problem: tooLong(text, limits) });
    const starts = documentStarts(text);
    if (starts.length > limits.documents) return new ManifestFile([], limits, { text, problem: tooMany(starts, limits) });
    return new ManifestFile(reuse(cut(text, starts, limits), before), limits);
  }

  get text(): string {
    return (this.joined ??= this.documents.map(({ document }) => document.text).join(''));
  }

  /** The file after changes, each of which speaks of the text that the ones before it left. */
  edit(changes: readonly TextChange[]): ManifestFile {
    return changes.reduce<ManifestFile>((file, { range, text }) => (range ? file.replace(file.spanOf(range), text) : file.reread(text)), this);
  }

  /** A position beyond the end of its line or of the file means that end. */
  offsetAt({ line, character }: Position): number {
    const placed = this.documents[this.documentAtLine(line, character)];
    if (!placed) return Math.min(this.length, offsetInText(this.text, line, character));
    const { document, offset } = placed;
    const row = line - placed.line;
    const column = row === 0 ? character - placed.character : character;
    const start = document.lineStarts[row];
    if (start === undefined) return offset + document.text.length;
    const end = document.lineStarts[row + 1] ?? document.text.length + 1;
    return offset + Math.max(0, Math.min(start + column, end - 1));
  }

  /** Line and character in the file of an offset in a document. */
  positionIn({ document, line, character }: PlacedDocument, offset: number): Position {
    const position = document.positionAt(offset);
    return { line: line + position.line, character: position.line === 0 ? character + position.character : position.character };
  }

  rangeIn(placed: PlacedDocument, { start, end }: Span): Range {
    return { start: this.positionIn(placed, start), end: this.positionIn(placed, end) };
  }

  /** The document that holds a position; the earlier one on the line between two JSON objects. */
  documentAt(position: Position): PlacedDocument | undefined {
    return this.documents[this.documentAtLine(position.line, position.character)];
  }

  private documentAtLine(line: number, character: number): number {
    const { documents } = this;
    let index = lastAtOrBelow(documents, line, (placed) => placed.line);
    // Several JSON objects may start on this line.
    while (index > 0 && documents[index]?.line === line && (documents[index]?.character ?? 0) > character) index--;
    return index;
  }

  private spanOf({ start, end }: Range): Span {
    const from = this.offsetAt(start);
    return { start: from, end: Math.max(from, this.offsetAt(end)) };
  }

  private reread(text: string): ManifestFile {
    const before = this.documents.map(({ document }) => document);
    return ManifestFile.build(text, this.limits, before);
  }

  private replace({ start, end }: Span, inserted: string): ManifestFile {
    const { documents } = this;
    const growth = inserted.length - (end - start);
    // The edit may also move the start of the document that it begins in, so the one before is scanned again too.
    const first = Math.max(0, this.indexAt(start) - 1);
    const from = documents[first]?.offset ?? 0;
    for (let last = this.indexAt(end) + 1; ; last++) {
      const old = this.textBetween(first, last);
      const region = old.slice(0, start - from) + inserted + old.slice(end - from);
      if (this.needsReread(region, first, growth)) return this.reread(this.text.slice(0, start) + inserted + this.text.slice(end));
      const starts = yamlStarts(region);
      // Where the last old document still starts, everything from there on is as it was.
      const kept = documents[last];
      if (kept && starts.at(-1) !== kept.offset - from + growth) continue;
      const fresh = reuse(
        cut(region, starts, this.limits),
        documents.slice(first, last + 1).map(({ document }) => document),
      );
      return this.spliced(first, last + 1, fresh);
    }
  }

  /** JSON is cut by its braces, which may stand far apart; and a limit speaks of the whole file. */
  private needsReread(region: string, first: number, growth: number): boolean {
    const head = first === 0 ? region : (this.documents[0]?.document.text ?? '');
    return this.documents.length === 0 || startsWithBrace(head) || isTooLong(this.length + growth, this.limits);
  }

  private spliced(first: number, end: number, fresh: readonly ManifestDocument[]): ManifestFile {
    const before = this.documents.map(({ document }) => document);
    const documents = [...before.slice(0, first), ...fresh, ...before.slice(end)];
    return documents.length > this.limits.documents ? this.reread(documents.map(({ text }) => text).join('')) : new ManifestFile(documents, this.limits);
  }

  private indexAt(offset: number): number {
    return lastAtOrBelow(this.documents, offset, (placed) => placed.offset);
  }

  private textBetween(first: number, last: number): string {
    return this.documents
      .slice(first, last + 1)
      .map(({ document }) => document.text)
      .join('');
  }
}

function cut(text: string, starts: readonly number[], limits: Limits): ManifestDocument[] {
  return starts.map((start, index) => new ManifestDocument(text.slice(start, starts[index + 1] ?? text.length), limits));
}

/** Takes the old object for every document whose text is the same, counted from both ends. */
function reuse(fresh: ManifestDocument[], before: readonly ManifestDocument[]): ManifestDocument[] {
  const shared = Math.min(fresh.length, before.length);
  let head = 0;
  while (head < shared && fresh[head]?.text === before[head]?.text) fresh[head] = before[head++] as ManifestDocument;
  for (let tail = 1; tail <= shared - head && fresh.at(-tail)?.text === before.at(-tail)?.text; tail++)
    fresh[fresh.length - tail] = before.at(-tail) as ManifestDocument;
  return fresh;
}

function place(documents: readonly ManifestDocument[]): PlacedDocument[] {
  let offset = 0;
  let line = 0;
  let character = 0;
  return documents.map((document) => {
    const placed = { document, offset, line, character };
    offset += document.text.length;
    line += document.lines;
    const tail = document.text.length - (document.lineStarts.at(-1) ?? 0);
    character = document.lines === 0 ? character + tail : tail;
    return placed;
  });
}

const kilobyte = 1024;

function isTooLong(length: number, { fileSize }: Limits): boolean {
  return length > fileSize * kilobyte;
}

function tooLong(text: string, { fileSize }: Limits): Problem {
  const end = text.slice(0, 200).indexOf('\n');
  const limit = grouped(fileSize);
  const message = `This file has ${grouped(Math.ceil(text.length / kilobyte))} KB; Drydock reads files of up to ${limit} KB.`;
  return problem('limit', { start: 0, end: end < 0 ? 200 : end }, message, `Split the file, or raise the limit of ${limit} KB (drydock.limits.fileSize).`);
}

function tooMany(starts: readonly number[], { documents }: Limits): Problem {
  const start = starts[documents] ?? 0;
  const message = `This file has ${grouped(starts.length)} documents; Drydock reads files of up to ${grouped(documents)}.`;
  return problem('limit', { start, end: start + 3 }, message, 'Split the file.');
}

function offsetInText(text: string, line: number, character: number): number {
  let at = 0;
  for (let row = 0; row < line; row++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  const end = text.indexOf('\n', at);
  return Math.min(at + character, end < 0 ? text.length : end);
}
