// What the registry does differently from kind to kind. A kind without an entry in kinds/index.ts is stored by the generic rules alone.
//
// Order of a create: decode, defaults, admission, begin, prepareForCreate, validation, commit.
// Order of an update: decode, defaults, admission, begin, what clients may leave out, prepareForUpdate, validation, commit unless nothing changed.
import type { KindInfo } from '../../schema/kinds.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { Status } from '../../kube/status.ts';
import type { KindRules } from '../../validation/rules.ts';
import type { RegistryContext, Write } from './context.ts';

/** An object with what it was given of what there is only once. */
export interface Begun<T extends KubeObject = KubeObject> {
  readonly object: T;
  /** What is created just before the object is written, and keeps others from having the same; its metadata need not be complete. */
  readonly claims: readonly { readonly resource: string; readonly object: KubeObject }[];
  /** What is deleted just after. */
  readonly releases: readonly Belonging[];
}

/** The place of an object that is there for another one. */
export interface Belonging {
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** The particulars of a kind. Everything is optional; absent means the generic rule. */
export interface KindStrategy<T extends KubeObject = KubeObject> {
  /** Hands out what there is only once, like addresses. Not for writes of the status. Only services. */
  begin?(context: RegistryContext, next: T, before: T | undefined, write: Write): Begun<T> | Status;
  /** What is deleted as soon as the object is gone. Only services. */
  belongings?(gone: T): readonly Belonging[];
  /** Puts a new object into its first state, after admission and before validation. */
  prepareForCreate?(object: T): T;
  /** Fixes what an update may not or need not say. Metadata and status are already settled. */
  prepareForUpdate?(next: T, before: T): T;
  /** `next`: the object before with the new status. `sent`: what was sent, for what a status write takes along beside it. `now`: RFC 3339. */
  prepareForStatusUpdate?(next: T, before: T, sent: T, now: string): T;
  /** A write of the status takes metadata along: labels, annotations, finalizers. */
  readonly statusTakesMetadata?: boolean;
  /** Whether an update counts as a new generation. Generic: anything but metadata and status differs. */
  isNewGeneration?(next: T, before: T): boolean;
  /** Why this object may not be deleted. */
  refuseDelete?(object: T): Status | undefined;
  /** A delete that does not say what becomes of the dependents leaves them; the text warns of it. */
  readonly orphansByDefault?: { readonly warning?: string };
  /** Seconds for which a deleted object stays to finish its work; 0: it goes at once. Only pods. */
  gracePeriodSeconds?(object: T, asked: number | undefined): number;
  /** What keeps a deleted object beside metadata.finalizers and grace. Only namespaces. */
  isHeld?(object: T): boolean;
  /** Puts an object into the state of one that is being deleted, beyond its metadata. Only namespaces. */
  prepareForDelete?(object: T): T;
}

/** A kind with everything that is known about it, looked up once. */
export interface Strategy {
  readonly info: KindInfo;
  /** Key of its collection in the store: 'deployments.apps'. */
  readonly resource: string;
  readonly rules: KindRules;
  readonly special: KindStrategy;
  /** metadata.generation is kept. */
  readonly hasGeneration: boolean;
  /** Status is written through its own subresource, and only there. */
  readonly hasStatus: boolean;
  /** What the status of a new object is, whatever was sent; absent when it is taken as sent. */
  readonly initialStatus?: object;
  /** PUT of an object that does not exist creates it. */
  readonly createsOnUpdate: boolean;
  /** An update must name the resourceVersion that it was made from. */
  readonly needsResourceVersion: boolean;
  /** DELETE answers with the object instead of a Status. */
  readonly returnsDeleted: boolean;
}
