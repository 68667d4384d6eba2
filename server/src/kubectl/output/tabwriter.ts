// Aligns columns as Go's text/tabwriter does: a tab ends a cell, and cells one below the other form a column.
//
// Invariant: what follows the last tab of a line is no cell and widens nothing. A column ends with the first line that has no
// cell in it, so tables separated by an empty line are aligned each for itself:
//
//   'a\tb\tc\nlong\tb\tc\n' with padding 2  →  'a     b  c\nlong  b  c\n'

export interface Alignment {
  /** The least width of a column, padding included. */
  readonly minWidth: number;
  /** Blanks between the widest cell of a column and the next column. */
  readonly padding: number;
}

/** `kubectl get`. */
export const tableAlignment: Alignment = { minWidth: 6, padding: 3 };
/** `kubectl describe` and `kubectl rollout history`. */
export const describeAlignment: Alignment = { minWidth: 0, padding: 2 };

export function align(text: string, alignment: Alignment): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const out: string[] = [];
  format(lines, 0, lines.length, [], alignment, out);
  return out.join('\n');
}

/** Writes the lines from `start` to `end`, whose first columns have the given widths. */
function format(lines: readonly (readonly string[])[], start: number, end: number, widths: readonly number[], alignment: Alignment, out: string[]): void {
  const column = widths.length;
  const hasCell = (line: number) => lines[line]!.length - 1 > column;
  let written = start;
  for (let line = start; line < end;) {
    if (!hasCell(line)) {
      line++;
      continue;
    }
    writeLines(lines, written, line, widths, out);
    const block = line;
    let width = alignment.minWidth;
    for (; line < end && hasCell(line); line++) width = Math.max(width, runes(lines[line]![column]!) + alignment.padding);
    format(lines, block, line, [...widths, width], alignment, out);
    written = line;
  }
  writeLines(lines, written, end, widths, out);
}

function writeLines(lines: readonly (readonly string[])[], start: number, end: number, widths: readonly number[], out: string[]): void {
  for (let line = start; line < end; line++) {
    out.push(lines[line]!.map((cell, column) => (column < widths.length ? cell + ' '.repeat(Math.max(0, widths[column]! - runes(cell))) : cell)).join(''));
  }
}

const ascii = /^[\x20-\x7e]*$/;
const runes = (text: string) => (ascii.test(text) ? text.length : [...text].length);
