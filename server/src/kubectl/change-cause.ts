// --record: the command line, kept with the object as the cause of its change.
import type { KubeObject } from '../kube/object.ts';
import { flag } from './flags.ts';
import type { Session } from './session.ts';

export const changeCauseAnnotation = 'kubernetes.io/change-cause';

export const recordFlags = { record: flag() } as const;

/** With the command noted down when --record was given. */
export function recorded<T extends KubeObject>(object: T, session: Session, flags: { readonly record: boolean }): T {
  if (!flags.record) return object;
  const annotations = { ...object.metadata.annotations, [changeCauseAnnotation]: session.commandLine };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
