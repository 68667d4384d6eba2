// Diagnostics of files on the command line: one line each, as compilers print them.
import type { Diagnostic } from '../language/diagnostic.ts';
import { LanguageService } from '../language/language.ts';
import type { FileObject } from '../language/objects.ts';

export interface CheckedFile {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: readonly FileObject[];
}

/** Judged from its text alone, as in the editor. */
export function checkFile(file: string, text: string): CheckedFile {
  const service = new LanguageService();
  service.open(file, text);
  return { file, diagnostics: service.diagnose(file), objects: service.objects(file) };
}

export const hasErrors = ({ diagnostics }: CheckedFile): boolean => diagnostics.some(({ severity }) => severity === 'error');

/** 'web.yaml:4:13: error type: json: cannot unmarshal …', and below it what to do. */
export function diagnosticLines({ file, diagnostics }: CheckedFile): readonly string[] {
  return diagnostics.flatMap(({ range: { start }, severity, code, message, explanation }) => [
    `${file}:${start.line + 1}:${start.character + 1}: ${severity} ${code}: ${message}`,
    ...(explanation === '' ? [] : [`    ${explanation}`]),
  ]);
}
