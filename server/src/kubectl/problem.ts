// What went wrong, as the real client prints it to stderr. A value: commands return one, and the client prints it and exits with 1.
import type { Status, StatusCause } from '../kube/status.ts';
import { quote } from '../kube/quote.ts';

export interface Problem {
  readonly problem: true;
  /** The lines when it is the only problem of a command. */
  readonly alone: string;
  /** The lines when it is one of several. */
  readonly amongOthers: string;
  /** What is still printed to stdout. */
  readonly printed?: string;
  /** The server's answer, when it was the server that refused. */
  readonly status?: Status;
}

export const isProblem = (value: unknown): value is Problem => (value as Problem | undefined)?.problem === true;

/** The client's own finding. */
export const problem = (text: string): Problem => ({ problem: true, alone: `error: ${text}`, amongOthers: text });

/** The client's own finding, which it prints without "error: ". */
export const bare = (text: string): Problem => ({ problem: true, alone: text, amongOthers: text });

/** A command line that is not understood: the text, and where help is. `command`: 'rollout status'. */
export const usageProblem = (text: string, command: string): Problem => problem(`${text}\nSee 'kubectl ${command} -h' for help and examples`);

/** The server's refusal. `doing` says what was being done to which file: `error when creating "a.yaml"`. */
export function refusal(status: Status, doing?: string): Problem {
  const message = `${doing === undefined ? '' : `${doing}: `}${status.message ?? ''}`;
  const plain = `Error from server${status.reason ? ` (${status.reason})` : ''}: ${message}`;
  return { problem: true, alone: status.reason === 'Invalid' ? invalidText(status, message) : plain, amongOthers: plain, status };
}

/** The reason and text of another problem, with what was being done in front. */
export const whileDoing = (doing: string, cause: Problem): Problem => (cause.status ? refusal(cause.status, doing) : problem(`${doing}: ${cause.amongOthers}`));

/** 'The Deployment "web" is invalid: …': one cause on the line, several as a list. */
function invalidText({ details }: Status, message: string): string {
  const what = details?.kind || details?.name ? `The ${details.kind ?? ''} ${quote(details.name ?? '')} is invalid` : 'The request is invalid';
  const causes = [...new Set((details?.causes ?? []).map(causeText))];
  if (causes.length === 0) return `${what}: ${message}`;
  return causes.length === 1 ? `${what}: ${causes[0]}` : `${what}: \n${causes.map((cause) => `* ${cause}`).join('\n')}`;
}

const causeText = ({ field = '', message = '' }: StatusCause) => `${field}: ${message}`;

/** Several problems as one; undefined for none. */
export function together(problems: readonly Problem[]): Problem | undefined {
  if (problems.length <= 1) return problems[0];
  const text = problems.map(({ amongOthers }) => amongOthers).join('\n');
  return { problem: true, alone: text, amongOthers: text };
}

export const isNotFound = ({ status }: Problem): boolean => status?.reason === 'NotFound';
