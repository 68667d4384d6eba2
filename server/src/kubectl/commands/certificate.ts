// kubectl certificate approve and deny: the decision about a request for a certificate.
import { formatTime } from '../../kube/time.ts';
import type { CertificateSigningRequest } from '../../schema/generated/types.ts';
import { command, type Command, type Outcome } from '../command.ts';
import { flag } from '../flags.ts';
import { isProblem, problem, together, type Problem } from '../problem.ts';
import { printFlags, printResult } from '../results.ts';
import type { Session } from '../session.ts';
import { fileFlags, namesFiles, resolve, type Found } from '../targets.ts';

const flags = { ...fileFlags, force: flag(), ...printFlags } as const;

interface Decision {
  readonly type: 'Approved' | 'Denied';
  readonly opposite: 'Approved' | 'Denied';
  readonly reason: string;
  readonly message: string;
}

const approval: Decision = {
  type: 'Approved',
  opposite: 'Denied',
  reason: 'KubectlApprove',
  message: 'This CSR was approved by kubectl certificate approve.',
};
const denial: Decision = { type: 'Denied', opposite: 'Approved', reason: 'KubectlDeny', message: 'This CSR was denied by kubectl certificate deny.' };

const decide = (decision: Decision): Command =>
  command(flags, (session, { flags, words }): Outcome => {
    if (words.length === 0 && !namesFiles(flags)) return problem('one or more CSRs must be specified as <name> or -f <filename>');
    const resolved = resolve(words.length > 0 ? ['certificatesigningrequests.certificates.k8s.io', ...words] : [], flags, session);
    if (isProblem(resolved)) return resolved;
    const problems: Problem[] = [...resolved.problems];
    for (const found of resolved.found) {
      const failed =
        decideOne(found, decision, flags.force, session) ??
        printResult(session, found.kind, found.object, decision.type.toLowerCase(), { ...flags, 'dry-run': 'none' });
      if (failed) problems.push(failed);
    }
    return together(problems);
  });

export const certificateApprove = decide(approval);
export const certificateDeny = decide(denial);

function decideOne({ kind, name, object }: Found, decision: Decision, force: boolean, session: Session): Problem | undefined {
  if (kind.kind !== 'CertificateSigningRequest') return problem(`can only handle CertificateSigningRequest.certificates.k8s.io objects, got ${kind.kind}`);
  const { status } = object as CertificateSigningRequest;
  const conditions = status?.conditions ?? [];
  if (conditions.some(({ type }) => type === decision.opposite)) return problem(`certificate signing request "${name}" is already ${decision.opposite}`);
  const isDecided = conditions.some(({ type }) => type === decision.type);
  if (isDecided && !force) return undefined;
  const { opposite: _, ...condition } = decision;
  const added = isDecided ? [] : [{ ...condition, status: 'True', lastUpdateTime: formatTime(session.environment.now()) }];
  const updated = session.update(kind, undefined, name, { ...object, status: { ...status, conditions: [...conditions, ...added] } }, {}, 'approval');
  return isProblem(updated) ? updated : undefined;
}
