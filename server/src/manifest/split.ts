// Where the documents of a file begin, found from its lines alone.
// Invariant: what starts a document is decided by text of that document only, so after an edit the scan can stop at the first old start it meets.
//
//   # comment            ┐
//   %YAML 1.1            │ one document: comments and directives belong to the `---` that follows them
//   --- # first          │
//   kind: A              ┘
//   --- {kind: B}        ┐ the marker may carry the document
//   ...                  ┘ the end of a document; the next begins on the next line
//   kind: C
//
// A `---` at the start of a line ends a document even inside a quoted text or a block scalar.

/** Offsets at which documents start; the first is 0. Together the documents cover the whole text. */
export function documentStarts(text: string): number[] {
  return (startsWithBrace(text) && jsonStarts(text)) || yamlStarts(text);
}

/** A file that may hold JSON objects one after the other, and is then cut differently. */
export function startsWithBrace(text: string): boolean {
  return text[skipSpace(text, 0)] === '{';
}

/** A file of JSON objects one after the other, as `{}{}` or on lines of their own. Undefined when there is anything else between them. */
function jsonStarts(text: string): number[] | undefined {
  const starts: number[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    if (text[at] !== '{') return undefined;
    starts.push(starts.length === 0 ? 0 : at);
    at = skipSpace(text, jsonEnd(text, at));
  }
  return starts.length > 1 ? starts : undefined;
}

/** The rule at the top of this page. `text` may be a whole file or any run of whole documents. */
export function yamlStarts(text: string): number[] {
  const starts = [0];
  // Whether the document that we are in has a marker or content already, so that a `---` begins another one.
  let begun = false;
  for (let at = 0; at < text.length;) {
    const next = nextLine(text, at);
    if (!begun && text.charCodeAt(at) === 0xfeff /* byte order mark */) at++;
    const first = text.charCodeAt(at);
    if (first === 45 /* - */ && isMarker(text, at, '---')) {
      if (begun) starts.push(at);
      begun = true;
    } else if (first === 46 /* . */ && isMarker(text, at, '...')) {
      if (next < text.length) starts.push(next);
      begun = false;
    } else if (!begun) {
      begun = !isPrelude(text, at, next);
    }
    at = next;
  }
  return starts;
}

/** `---` or `...` at the start of a line, alone or followed by white space. */
function isMarker(text: string, at: number, marker: string): boolean {
  if (!text.startsWith(marker, at)) return false;
  const after = text.charCodeAt(at + 3);
  return Number.isNaN(after) || after === 32 || after === 9 || after === 10 || after === 13;
}

/** A line that a `---` may still follow within the same document: blank, a comment or a directive. */
function isPrelude(text: string, at: number, end: number): boolean {
  const first = text.charCodeAt(at);
  if (first === 37 /* % */) return true;
  let index = at;
  while (index < end && isSpace(text.charCodeAt(index))) index++;
  return index === end || text.charCodeAt(index) === 35; /* # */
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13 || code === 0xfeff;
}

/** Behind the brace that closes the one at `at`; the end of the text when none does. */
function jsonEnd(text: string, at: number): number {
  let depth = 0;
  for (let index = at; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 34 /* " */) index = stringEnd(text, index);
    else if (code === 123 /* { */) depth++;
    else if (code === 125 /* } */ && --depth === 0) return index + 1;
  }
  return text.length;
}

function stringEnd(text: string, at: number): number {
  for (let index = at + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 92 /* \ */) index++;
    else if (code === 34) return index;
  }
  return text.length;
}
