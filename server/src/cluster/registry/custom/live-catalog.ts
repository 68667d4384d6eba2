// The catalog of the kinds of a store: built-in ones, and those of its CustomResourceDefinitions as they are at this moment.
// Invariant: derived from the store alone, so a fork has its own and nothing needs to be copied.
import { catalogOf, definitionsResource, type Catalog } from '../../../schema/custom/catalog.ts';
import type { CustomResourceDefinition } from '../../../schema/generated/types.ts';
import type { Store } from '../../store/store.ts';

const known = new WeakMap<object, LiveCatalog>();

/** The same catalog every time for the same store. */
export function liveCatalog(store: Pick<Store, 'collection' | 'onCommit'>): LiveCatalog {
  let catalog = known.get(store);
  if (!catalog) known.set(store, (catalog = new LiveCatalog(store)));
  return catalog;
}

export class LiveCatalog implements Catalog {
  readonly #store: Pick<Store, 'collection'>;
  #current: Catalog | undefined;

  constructor(store: Pick<Store, 'collection' | 'onCommit'>) {
    this.#store = store;
    store.onCommit(({ resource }) => {
      if (resource === definitionsResource) this.#current = undefined;
    });
  }

  /** The catalog of this moment: another object after every change, so that what is made of it can be kept by identity. */
  get current(): Catalog {
    return (this.#current ??= catalogOf(this.#store.collection(definitionsResource).values() as Iterable<CustomResourceDefinition>));
  }

  get kinds(): Catalog['kinds'] {
    return this.current.kinds;
  }

  kindOf(apiVersion: string, kind: string): ReturnType<Catalog['kindOf']> {
    return this.current.kindOf(apiVersion, kind);
  }

  kindOfResource(resource: Parameters<Catalog['kindOfResource']>[0], version?: string): ReturnType<Catalog['kindOfResource']> {
    return this.current.kindOfResource(resource, version);
  }
}
