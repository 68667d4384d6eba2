// Fixtures whose comments mark places. A line of the form
//
//   replicas: three
//   #         ^^^^^ the words
//
// speaks of the line above it: the carets cover the characters, the words belong to them. A mark left of column 2 is written `#<^^` where the
// first caret stands for column 0.

export interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

const marker = /^(\s*#(<?)\s*)(\^+) ?(.*)$/;

/** The text without its marks, and the marks; lines are counted in the text that remains. */
export function readMarks(fixture: string): { text: string; marks: Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  for (const row of fixture.replace(/^\n/, '').split('\n')) {
    const match = marker.exec(row);
    if (!match) {
      kept.push(row);
      continue;
    }
    const [, before = '', left, carets = '', words = ''] = match;
    const start = left ? 0 : before.length;
    marks.push({ line: kept.length - 1, start, end: start + carets.length, words });
  }
  return { text: kept.join('\n'), marks };
}

/** Writes found places as marks, so that a difference reads like the fixture. */
export function showMarks(text: string, marks: readonly Mark[]): string {
  return text
    .split('\n')
    .flatMap((row, line) => [row, ...marks.filter((mark) => mark.line === line).map((mark) => showMark(mark))])
    .join('\n');
}

function showMark({ start, end, words }: Mark): string {
  const carets = '^'.repeat(Math.max(1, end - start));
  const lead = start === 0 ? '#<' : `#${' '.repeat(start - 1)}`;
  return `${lead}${carets}${words ? ` ${words}` : ''}`;
}
