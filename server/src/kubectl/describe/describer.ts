// The contract of a describer: an object and what can be looked up around it → lines with tabs.
import type { KubeObject } from '../../kube/object.ts';
import type { Event } from '../../schema/generated/types.ts';
import type { Lines } from './lines.ts';

export interface Around {
  /** Virtual milliseconds since 1970. */
  readonly now: number;
  /** The events about an object, in the server's order; undefined when they are not to be shown. */
  readonly events: (about: {
    readonly kind?: string;
    readonly namespace?: string;
    readonly name: string;
    readonly uid: string;
  }) => readonly Event[] | undefined;
  /** Empty when the list is refused. */
  readonly list: <T extends KubeObject>(
    apiVersion: string,
    kind: string,
    query: { readonly namespace?: string; readonly labelSelector?: string; readonly fieldSelector?: string },
  ) => readonly T[];
  readonly get: <T extends KubeObject>(apiVersion: string, kind: string, namespace: string | undefined, name: string) => T | undefined;
}

export type Describer<T extends KubeObject = KubeObject> = (object: T, around: Around) => Lines;

/** The events about an object of a namespace. */
export const eventsAbout = (object: KubeObject, around: Around): readonly Event[] | undefined => {
  const { name, namespace, uid } = object.metadata;
  return around.events({ kind: object.kind, name, uid, ...(namespace !== undefined && { namespace }) });
};
