// What only shows when the documents of a file are seen together.
import type { ManifestFile, PlacedDocument } from '../../manifest/manifest-file.ts';
import { spanOf } from '../../manifest/tree.ts';
import type { Catalog } from '../../schema/custom/catalog.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { LocatedObject } from '../kubernetes-object.ts';
import { objectsIn, objectsOf } from '../kubernetes-object.ts';

/** The same object twice: kubectl applies both, and the second one wins. */
export function duplicateObjects(file: ManifestFile, catalog: Catalog): readonly Diagnostic[] {
  const seen = new Map<string, Placed>();
  const found: Diagnostic[] = [];
  for (const placed of file.documents) {
    for (const object of objectsIn(placed.document, catalog)) {
      const { identity } = object;
      if (identity === undefined) continue;
      const first = seen.get(identity);
      if (first) found.push(duplicate(file, { placed, object }, first));
      else seen.set(identity, { placed, object });
    }
  }
  return found;
}

/** Between `...` and the next `---` kubectl reads nothing, and does not say so. */
export function unreadDocuments(file: ManifestFile): readonly Diagnostic[] {
  return file.documents.flatMap((placed, index) => {
    const [object] = index === 0 || hasMarker(placed.document.text) ? [] : objectsOf(placed.document);
    if (!object) return [];
    return {
      range: file.rangeIn(placed, spanOf(object.node, ['kind'], placed.document.text)),
      severity: 'warning',
      code: 'separator',
      message: 'kubectl does not read this document, since it begins without "---".',
      explanation: 'The "..." above ends a document; kubectl skips what follows it until a line with "---". Put "---" above this document.',
    };
  });
}

/** Documents of JSON need none. */
function hasMarker(text: string): boolean {
  return /^---/m.test(text) || /^\s*\{/.test(text);
}

interface Placed {
  readonly placed: PlacedDocument;
  readonly object: LocatedObject;
}

function duplicate(file: ManifestFile, second: Placed, first: Placed): Diagnostic {
  const { kind, name } = second.object;
  return {
    range: nameRange(file, second),
    severity: 'warning',
    code: 'duplicate-object',
    message: `${kind} "${name}" stands twice in this file.`,
    explanation: 'The later one overwrites the earlier one when the file is applied. Rename or remove one of them, or put them into different namespaces.',
    related: [{ range: nameRange(file, first), message: `${kind} "${name}" stands here first.` }],
  };
}

function nameRange(file: ManifestFile, { placed, object }: Placed): Diagnostic['range'] {
  return file.rangeIn(placed, spanOf(object.node, ['metadata', 'name'], placed.document.text));
}
