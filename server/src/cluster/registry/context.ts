// What every part of the registry works with, and the description of one write.
import { formatMicroTime, formatTime } from '../../kube/time.ts';
import type { Agenda } from '../clock/agenda.ts';
import type { Random } from '../clock/random.ts';
import type { Cause } from '../store/commit.ts';
import type { Store } from '../store/store.ts';
import type { Catalog } from '../../schema/custom/catalog.ts';
import { liveCatalog } from './custom/live-catalog.ts';
import { ComponentFields } from './managed-fields/component-fields.ts';
import type { User } from '../authentication/user.ts';

export interface ContextParts {
  readonly store: Store;
  readonly agenda: Agenda;
  readonly random: Random;
  /** resourceVersion of the commit that woke whoever is writing now; 0 for a request. */
  readonly because: () => number;
  readonly podLimit?: number;
  /** What tokens are signed with; none are made without it. */
  readonly tokenKey?: Uint8Array;
}

export class RegistryContext {
  readonly store: Store;
  /** The kinds of this cluster, custom ones included. */
  readonly catalog: Catalog;
  readonly componentFields: ComponentFields;
  readonly agenda: Agenda;
  readonly random: Random;
  /** resourceVersion of the commit that woke whoever is writing now; 0 for a request. */
  readonly because: () => number;
  /** Pods in the cluster at once. */
  readonly podLimit: number;
  /** What tokens are signed with. */
  readonly tokenKey: Uint8Array;
  #time: Clock = { ms: Number.NaN, text: '', micro: '' };

  constructor(parts: ContextParts) {
    this.store = parts.store;
    this.catalog = liveCatalog(parts.store);
    this.componentFields = new ComponentFields(parts.store, this.catalog);
    this.agenda = parts.agenda;
    this.random = parts.random;
    this.because = parts.because;
    this.tokenKey = parts.tokenKey ?? new Uint8Array();
    this.podLimit = parts.podLimit ?? Number.POSITIVE_INFINITY;
  }

  /** The virtual time as RFC 3339 text. Many writes happen at one moment, so the text is kept until time passes. */
  get time(): string {
    return this.#clock().text;
  }

  /** The same with microseconds. */
  get microTime(): string {
    return this.#clock().micro;
  }

  #clock(): Clock {
    const { now } = this.agenda;
    if (now !== this.#time.ms) this.#time = { ms: now, text: formatTime(now), micro: formatMicroTime(now) };
    return this.#time;
  }
}

interface Clock {
  readonly ms: number;
  readonly text: string;
  readonly micro: string;
}

/** Who writes, and how. */
export interface Write {
  readonly cause: Cause;
  /** Everything but the commit. */
  readonly dryRun: boolean;
  /** Whose fields are tracked in metadata.managedFields; absent for components, whose fields are not tracked. */
  readonly manager?: string;
  readonly subresource?: string | undefined;
  /** The texts of Warning headers, added to as they come up; components are not warned. */
  readonly warnings?: string[];
  /** Whose rights count; absent for the administrator and for components. */
  readonly user?: User | undefined;
}

/** A write that the server makes of its own because of another one. */
export const byServer = ({ because }: Cause): Write => ({ cause: { by: 'kube-apiserver', because }, dryRun: false });
