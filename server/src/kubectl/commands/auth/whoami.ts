// kubectl auth whoami: who the server takes one for.
import { kindOf } from '../../../schema/kinds.ts';
import { command, type Outcome } from '../../command.ts';
import { goList } from '../../describe/lines.ts';
import { flag, text } from '../../flags.ts';
import { printTable } from '../../output/table.ts';
import { isProblem } from '../../problem.ts';
import { printObject } from '../../results.ts';

const flags = { output: text('o'), template: text(), 'show-managed-fields': flag(), 'allow-missing-template-keys': flag(true) } as const;

export const whoAmI = command(flags, (session, { flags }): Outcome => {
  const kind = kindOf('authentication.k8s.io/v1', 'SelfSubjectReview')!;
  const answer = session.create(kind, undefined, { apiVersion: kind.apiVersion, kind: kind.kind, metadata: {} }, {});
  if (isProblem(answer)) return answer;
  if (flags.output !== '') return printObject(session, answer, flags);
  const info =
    (answer as { status?: { userInfo?: { username?: string; uid?: string; groups?: readonly string[]; extra?: Readonly<Record<string, readonly string[]>> } } })
      .status?.userInfo ?? {};
  const rows = [
    ...(info.username ? [['Username', info.username]] : []),
    ...(info.uid ? [['UID', info.uid]] : []),
    ...(info.groups?.length ? [['Groups', goList(info.groups)]] : []),
    ...Object.keys(info.extra ?? {})
      .sort()
      .map((key) => [`Extra: ${key}`, goList(info.extra![key])]),
  ];
  session.environment.stdout(printTable(['ATTRIBUTE', 'VALUE'], rows));
  return undefined;
});
