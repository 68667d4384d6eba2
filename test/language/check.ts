// Fixtures for the language service: marks say what is expected where, `$0` is the cursor.
import { expect } from 'vitest';
import type { Diagnostic } from '../../server/src/language/diagnostic.ts';
import type { LanguageLimits } from '../../server/src/language/language.ts';
import { LanguageService } from '../../server/src/language/language.ts';
import type { Position } from '../../server/src/manifest/text.ts';
import { readMarks, showMarks } from '../manifest/check-ranges.ts';

export const uri = 'file:///test.yaml';

export function open(text: string, limits?: Partial<LanguageLimits>): LanguageService {
  const service = new LanguageService(limits);
  service.open(uri, text);
  return service;
}

/** Every diagnostic of a text, and nothing else: `#  ^^^^^ error(type): message`. A range of several lines is marked on its first. */
export function checkDiagnostics(fixture: string, limits?: Partial<LanguageLimits>): void {
  const { text, marks } = readMarks(fixture);
  const found = diagnosticsOf(text, limits).map((one) => {
    const { start, end } = one.range;
    const lineLength = text.split('\n')[start.line]?.length ?? 0;
    return {
      line: start.line,
      start: start.character,
      end: end.line === start.line ? end.character : lineLength,
      words: `${one.severity}(${one.code}): ${one.message}`,
    };
  });
  expect(showMarks(text, found)).toBe(showMarks(text, marks));
}

export function diagnosticsOf(text: string, limits?: Partial<LanguageLimits>): readonly Diagnostic[] {
  return open(text, limits).diagnose(uri);
}

/** The text without `$0`, and where that stood. */
function readCursor(fixture: string): { text: string; position: Position } {
  const marked = fixture.replace(/^\n/, '');
  const before = marked.slice(0, marked.indexOf('$0')).split('\n');
  return { text: marked.replace('$0', ''), position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
}

/** Markdown at the cursor; undefined where there is none. */
export async function hoverText(fixture: string): Promise<string | undefined> {
  const { text, position } = readCursor(fixture);
  return (await open(text).hover(uri, position))?.text;
}

export function completionsOf(fixture: string): ReturnType<LanguageService['completions']> {
  const { text, position } = readCursor(fixture);
  return open(text).completions(uri, position);
}

export function symbolsOf(text: string): ReturnType<LanguageService['symbols']> {
  return open(text).symbols(uri);
}

export function objectsOf(text: string): ReturnType<LanguageService['objects']> {
  return open(text).objects(uri);
}
