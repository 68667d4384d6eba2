// The objects of a file, for whoever applies them or shows something beside them.
import type { KubeObject } from '../kube/object.ts';
import type { ManifestDocument } from '../manifest/manifest-document.ts';
import type { ManifestFile, PlacedDocument } from '../manifest/manifest-file.ts';
import type { Range } from '../manifest/text.ts';
import { find, spanOf } from '../manifest/tree.ts';
import type { Catalog } from '../schema/custom/catalog.ts';
import type { KindInfo } from '../schema/kinds.ts';
import type { Finding } from './diagnostic.ts';
import { fieldPath } from './field-path.ts';
import type { LocatedObject } from './kubernetes-object.ts';
import { objectsIn } from './kubernetes-object.ts';

export interface FileObject {
  /** Number of its document in the file, from 0. Objects of a List share one. */
  readonly document: number;
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** As written; undefined where the default namespace is meant. */
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** Absent of a kind that is not known here; the cluster may know it. */
  readonly info: KindInfo | undefined;
  /** As kubectl would send it: plain JSON, not checked. */
  readonly value: KubeObject;
  /** It has a name and no error stands in its document: it can be applied. A warning does not matter. */
  readonly isApplicable: boolean;
  /** From the first key to the last value. */
  readonly range: Range;
  /** Of the value of `kind`: where a lens above the object belongs. */
  readonly kindRange: Range;
  /** Where a field is, in the server's words for its path; the nearest key above what is missing. `metadata.labels[app]`, `spec.replicas`. */
  rangeOf(fieldPath: string): Range;
}

export function fileObjects(file: ManifestFile, catalog: Catalog, findingsOf: (document: ManifestDocument) => readonly Finding[]): readonly FileObject[] {
  return file.documents.flatMap((placed, index) => {
    const objects = objectsIn(placed.document, catalog);
    if (objects.length === 0) return [];
    const isApplicable = !findingsOf(placed.document).some(({ severity }) => severity === 'error');
    return objects.map((object) => fileObject(file, placed, index, object, isApplicable));
  });
}

function fileObject(file: ManifestFile, placed: PlacedDocument, document: number, object: LocatedObject, isApplicable: boolean): FileObject {
  const { node, apiVersion, kind, namespace, name, info, value } = object;
  const { text } = placed.document;
  return {
    document,
    apiVersion,
    kind,
    namespace,
    name,
    info,
    value: value as unknown as KubeObject,
    isApplicable: isApplicable && (info !== undefined || name !== undefined),
    range: file.rangeIn(placed, node),
    kindRange: file.rangeIn(placed, spanOf(node, ['kind'], text)),
    rangeOf(path) {
      const steps = fieldPath(node, path);
      const isNowhere = find(node, steps).depth === 0;
      return file.rangeIn(placed, spanOf(node, isNowhere ? ['kind'] : steps, text));
    },
  };
}
