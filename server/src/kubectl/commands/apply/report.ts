// What apply says of each object; with -o the objects come at the end, several of them as one List.
import type { KubeObject } from '../../../kube/object.ts';
import type { KindInfo } from '../../../schema/kinds.ts';
import { listOf } from '../../output/formats.ts';
import type { Problem } from '../../problem.ts';
import { printObject, printResult } from '../../results.ts';
import type { Session } from '../../session.ts';
import type { ApplyFlags } from './flags.ts';

const asksForObjects = ({ output }: ApplyFlags): boolean => output !== '' && output !== 'name';

export const report = (session: Session, kind: KindInfo, object: KubeObject, operation: string, flags: ApplyFlags): Problem | undefined =>
  asksForObjects(flags) ? undefined : printResult(session, kind, object, operation, flags);

export function reportAll(session: Session, applied: readonly KubeObject[], flags: ApplyFlags): Problem | undefined {
  if (!asksForObjects(flags) || applied.length === 0) return undefined;
  return printObject(session, applied.length === 1 ? applied[0]! : { ...listOf(applied), metadata: {} }, flags);
}
