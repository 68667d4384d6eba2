// Problems of the text → findings. In an object a duplicate key also has the server's words.
import type { ManifestDocument } from '../../manifest/manifest-document.ts';
import type { Problem } from '../../manifest/problem.ts';
import { pathAt } from '../../manifest/tree.ts';
import type { Finding } from '../diagnostic.ts';
import { pathText } from '../../schema/decode-value.ts';

export function textFindings({ problems, root }: ManifestDocument): readonly Finding[] {
  return problems.map((problem) => {
    const { code, span, severity, advice, related } = problem;
    const duplicate = code === 'duplicate-key' && root ? `strict decoding error: duplicate field "${pathText(pathAt(root, span.start).path)}"` : undefined;
    return {
      span,
      severity,
      code,
      message: duplicate ?? problem.message,
      explanation: duplicate ? `${problem.message} ${advice}` : advice,
      ...(related && { related }),
      ...replacementsFor(problem),
    };
  });
}

function replacementsFor({ code, span }: Problem): Pick<Finding, 'replacements'> {
  return code === 'tab' ? { replacements: [{ span, text: '  '.repeat(span.end - span.start) }] } : {};
}
