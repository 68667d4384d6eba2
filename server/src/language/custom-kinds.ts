// The custom kinds that open files know: those of their CustomResourceDefinitions.
// Invariants: a catalog changes only when the text of a definition does; a definition with errors counts for nothing, since the cluster
// would refuse it.
import type { ManifestDocument } from '../manifest/manifest-document.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import { builtIn, catalogOf, type Catalog } from '../schema/custom/catalog.ts';
import { decode } from '../schema/decode.ts';
import type { CustomResourceDefinition } from '../schema/generated/types.ts';
import type { KindInfo } from '../schema/kinds.ts';
import { rulesOf } from '../validation/rules.ts';
import { objectsOf } from './kubernetes-object.ts';

type Definitions = readonly CustomResourceDefinition[];

/** Whether a document may hold definitions: told from its text, without reading it. */
export const mayDefine = ({ text }: ManifestDocument): boolean => text.includes('CustomResourceDefinition');

const known = new WeakMap<ManifestDocument, Definitions>();

/** The definitions of a document, as the cluster would establish them. */
function definitionsIn(document: ManifestDocument, isSound: (document: ManifestDocument) => boolean): Definitions {
  let definitions = known.get(document);
  if (!definitions) {
    const located = mayDefine(document) ? objectsOf(document).filter(({ kind }) => kind === 'CustomResourceDefinition') : [];
    definitions = located.length > 0 && isSound(document) ? located.flatMap(({ info, value }) => (info ? established(info, value) : [])) : [];
    known.set(document, definitions);
  }
  return definitions;
}

function established(info: KindInfo, value: unknown): Definitions {
  const decoded = decode(info, value);
  if ('error' in decoded) return [];
  const definition = rulesOf(info.apiVersion, info.kind).defaults(decoded.object) as CustomResourceDefinition;
  const conditions = [{ type: 'Established', status: 'True', lastTransitionTime: '1970-01-01T00:00:00Z' }];
  return [{ ...definition, status: { acceptedNames: definition.spec.names, conditions, storedVersions: [] } }];
}

export class CustomKinds {
  readonly #definitions = new Map<string, Definitions>();
  /** The file in which the definitions were looked for. A file is another object after every edit. */
  readonly #read = new Map<string, ManifestFile>();
  readonly #catalogs = new Map<string, Catalog>();

  /** Reads the definitions of a file, or forgets them; true when something is different from now on. `isSound`: no error stands in a document. */
  update(uri: string, file: ManifestFile | undefined, isSound: (document: ManifestDocument) => boolean): boolean {
    if (file === this.#read.get(uri)) return false;
    if (file) this.#read.set(uri, file);
    else this.#read.delete(uri);
    const before = this.#definitions.get(uri) ?? [];
    const after: CustomResourceDefinition[] = [];
    for (const { document } of file?.documents ?? []) after.push(...definitionsIn(document, isSound));
    if (after.length === before.length && after.every((definition, i) => definition === before[i])) return false;
    if (after.length > 0) this.#definitions.set(uri, after);
    else this.#definitions.delete(uri);
    this.#catalogs.clear();
    return true;
  }

  /** What a file knows: where two files define the same kind, its own definition counts. */
  catalogOf(uri: string): Catalog {
    if (this.#definitions.size === 0) return builtIn;
    const own = this.#definitions.has(uri) ? uri : '';
    let catalog = this.#catalogs.get(own);
    if (!catalog) this.#catalogs.set(own, (catalog = catalogOf(this.#inOrder(own))));
    return catalog;
  }

  #inOrder(own: string): Iterable<CustomResourceDefinition> {
    const byName = new Map<string, CustomResourceDefinition>();
    for (const definition of [...(this.#definitions.get(own) ?? []), ...[...this.#definitions.values()].flat()]) {
      if (!byName.has(definition.metadata.name)) byName.set(definition.metadata.name, definition);
    }
    return byName.values();
  }
}
