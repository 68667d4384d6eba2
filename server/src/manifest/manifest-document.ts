// The text of one document and what is in it. Invariant: nothing here depends on where the document stands in its file, so it is shared between
// the versions of a file for as long as its own text does not change; caches of other rooms may hang on its identity.
import type { Limits } from './limits.ts';
import type { Parsed } from './parse.ts';
import { parse } from './parse.ts';
import type { Problem } from './problem.ts';
import type { Position } from './text.ts';
import { lineStartsOf, positionIn } from './text.ts';
import type { Json, Node } from './tree.ts';

export class ManifestDocument {
  readonly text: string;
  private readonly limits: Limits;
  private parsed: Parsed | undefined;
  private starts: readonly number[] | undefined;

  constructor(text: string, limits: Limits) {
    this.text = text;
    this.limits = limits;
  }

  /** Absent for a document without content. */
  get root(): Node | undefined {
    return this.content.root;
  }

  /** The value as kubectl would send it: plain JSON. Undefined without content. */
  get value(): Json | undefined {
    return this.content.root?.value;
  }

  get problems(): readonly Problem[] {
    return this.content.problems;
  }

  get isTemplate(): boolean {
    return this.content.isTemplate;
  }

  get lineStarts(): readonly number[] {
    return (this.starts ??= lineStartsOf(this.text));
  }

  /** Line breaks in the text: how far the next document is from this one. */
  get lines(): number {
    return this.lineStarts.length - 1;
  }

  /** Of an offset in this document, counted from its start. */
  positionAt(offset: number): Position {
    return positionIn(this.lineStarts, offset);
  }

  /** Parsed on first use, then kept. */
  private get content(): Parsed {
    return (this.parsed ??= parse(this.text, this.lineStarts, this.limits));
  }
}
