// What a check sees: one object, its place in its document, and the means to say something at a place in it.
import type { ManifestDocument } from '../../manifest/manifest-document.ts';
import type { Span } from '../../manifest/text.ts';
import type { Node, Path } from '../../manifest/tree.ts';
import { find, spanOf } from '../../manifest/tree.ts';
import { fieldPath } from '../field-path.ts';
import type { LocatedObject } from '../kubernetes-object.ts';

export class ObjectView {
  readonly object: LocatedObject;
  readonly text: string;

  constructor(object: LocatedObject, { text }: ManifestDocument) {
    this.object = object;
    this.text = text;
  }

  /** The value at a path of the object, or the nearest key above what is missing. What is missing at the top is shown at `kind`. */
  spanOf(path: Path): Span {
    const { node } = this.object;
    const nowhere = path.length === 0 || find(node, path).depth === 0;
    return spanOf(node, nowhere && find(node, ['kind']).depth === 1 ? ['kind'] : path, this.text);
  }

  /** The key at a path, even where the value could be shown. */
  keySpanOf(path: Path): Span {
    return find(this.object.node, path).pair?.keySpan ?? this.spanOf(path);
  }

  /** Steps of a path in the server's words. */
  path(text: string): Path {
    return fieldPath(this.object.node, text);
  }

  /** The node at a path; undefined where there is none. */
  nodeAt(path: Path): Node | undefined {
    const found = find(this.object.node, path);
    return found.depth === path.length ? found.node : undefined;
  }
}
