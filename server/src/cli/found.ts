// Diagnostics of files on the command line: one line each, as compilers print them.
import type { Diagnostic } from '../language/diagnostic.ts';
import { LanguageService } from '../language/language.ts';
import type { FileObject } from '../language/objects.ts';

export interface CheckedFile {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: readonly FileObject[];
}

/** Judged from their texts alone, as in an editor that has them all open: a CustomResourceDefinition of one counts for the others. */
export function checkFiles(files: readonly string[], textOf: (file: string) => string): readonly CheckedFile[] {
  const service = new LanguageService();
  for (const file of files) service.open(file, textOf(file));
  for (const file of files) service.prepare(file, () => false);
  return files.map((file) => ({ file, diagnostics: service.diagnose(file), objects: service.objects(file) }));
}

export const hasErrors = ({ diagnostics }: CheckedFile): boolean => diagnostics.some(({ severity }) => severity === 'error');

/** 'web.yaml:4:13: error type: json: cannot unmarshal …', and below it what to do. */
export function diagnosticLines({ file, diagnostics }: CheckedFile): readonly string[] {
  return diagnostics.flatMap(({ range: { start }, severity, code, message, explanation }) => [
    `${file}:${start.line + 1}:${start.character + 1}: ${severity} ${code}: ${message}`,
    ...(explanation === '' ? [] : [`    ${explanation}`]),
  ]);
}
