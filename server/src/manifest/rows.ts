// The lines of a document, measured once: where each starts, how far it is indented, where its last word ends.

export class Rows {
  readonly text: string;
  readonly count: number;
  /** Offset of the first character; one more entry at the end of the text. */
  readonly starts: readonly number[];
  /** Offset of the first character that is no space. May be moved behind a dash while the row is read. */
  readonly contents: number[];
  /** Offset behind the last character that is no white space. */
  readonly ends: readonly number[];

  constructor(text: string, starts: readonly number[]) {
    this.text = text;
    this.count = starts.length;
    this.starts = [...starts, text.length];
    const contents: number[] = [];
    const ends: number[] = [];
    for (let row = 0; row < this.count; row++) {
      let at = this.starts[row] as number;
      let end = this.starts[row + 1] as number;
      while (end > at && isSpace(text.charCodeAt(end - 1))) end--;
      while (at < end && text.charCodeAt(at) === 32) at++;
      contents.push(at);
      ends.push(end);
    }
    this.contents = contents;
    this.ends = ends;
  }

  start(row: number): number {
    return this.starts[row] as number;
  }

  content(row: number): number {
    return this.contents[row] as number;
  }

  end(row: number): number {
    return this.ends[row] as number;
  }

  /** Columns before the content, tabs not counted. */
  indent(row: number): number {
    return this.content(row) - this.start(row);
  }

  isBlank(row: number): boolean {
    return this.content(row) >= this.end(row);
  }

  /** Blank, or nothing but a comment. */
  isSilent(row: number): boolean {
    return this.isBlank(row) || this.text.charCodeAt(this.content(row)) === 35; /* # */
  }

  /** The first row from `row` on that says something; `end` if none does. */
  next(row: number, end: number): number {
    while (row < end && this.isSilent(row)) row++;
    return row;
  }

  /** Behind the rows that belong to the one at `row`: all that are indented further than `column`, and the silent ones between. */
  extent(row: number, column: number, end: number): number {
    let last = row + 1;
    for (let at = row + 1; at < end; at++) {
      if (this.isBlank(at)) continue;
      // A comment may stand anywhere; further right it may be text of a block.
      if (this.indent(at) > column) last = at + 1;
      else if (!this.isSilent(at)) break;
    }
    return last;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}
