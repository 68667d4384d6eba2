// A table of `kubectl get`: header, rows, three blanks between columns.
import { align, tableAlignment } from './tabwriter.ts';

/** Cells as the server sends them; a cell is cut at its first line break. */
export function printTable(header: readonly string[] | undefined, rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  const lines = rows.map((row) => row.map(cellText).join('\t'));
  if (header) lines.unshift(header.join('\t'));
  return lines.length === 0 ? '' : `${align(lines.join('\n'), tableAlignment)}\n`;
}

/** One cell: nothing behind the first line break, no tabs. */
export function cellText(value: string | number | boolean | null): string {
  const text = String(value ?? '');
  const cut = text.search(/[\f\n\r]/);
  return cut < 0 ? text.replaceAll('\t', ' ') : `${text.slice(0, cut)}...`;
}
