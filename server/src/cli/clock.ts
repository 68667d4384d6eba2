// drydock clock: moves the virtual time of a cluster that `drydock serve` serves.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { clockPath, type ClockCommand, type ClockState } from '../apiserver/clock.ts';
import { readAccess, type Access } from '../apiserver/kubeconfig.ts';
import { humanDuration } from '../kube/duration.ts';
import { UsageError, type CliCommand } from './cli-command.ts';
import { readOptions } from './options.ts';

const help = `drydock clock settle [3s] | advance 5s | pause | resume | speed N|max  --kubeconfig FILE

Moves the virtual time of a cluster that "drydock serve" serves. FILE is the one that it has written; $KUBECONFIG counts
when it is not given.

  settle [3s]   as fast as it goes, until no object has changed for that long
  advance 5s    as fast as it goes, this far
  pause         time stands still until it is resumed; settle and advance still move it
  resume        time passes again
  speed N|max   from now on time passes this much faster than the wall clock

Durations: 500ms, 3s, 2m, 1h. Exit code 1: the cluster did not come to rest within an hour of its time.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(args, { kubeconfig: { type: 'string' } });
  const command = commandOf(positionals);
  const file = values.kubeconfig ?? process.env['KUBECONFIG'];
  if (!file) throw new UsageError('clock needs --kubeconfig FILE, the one that "drydock serve" has written, or KUBECONFIG');
  const state = await send(accessOf(file), command);
  const at = new Date(state.now).toISOString();
  console.log(
    `${at}${state.paused ? ', paused' : `, speed ${state.speed}`}${state.settled === false ? `, not at rest after ${humanDuration(3_600_000)}` : ''}`,
  );
  return state.settled === false ? 1 : 0;
}

function commandOf([act, argument, ...rest]: readonly string[]): ClockCommand {
  if (rest.length > 0) throw new UsageError(`clock does not know what to do with "${rest.join(' ')}"`);
  switch (act) {
    case 'settle':
      return { do: act, quietMs: durationOf(argument ?? '3s') };
    case 'advance':
      if (argument === undefined) throw new UsageError('clock advance needs how far: 5s');
      return { do: act, ms: durationOf(argument) };
    case 'pause':
    case 'resume':
      return { do: act };
    case 'speed':
      if (argument !== 'max' && !(Number(argument) > 0)) throw new UsageError(`clock speed takes a number above 0, or max, not "${argument ?? ''}"`);
      return { do: act, speed: argument === 'max' ? 'max' : Number(argument) };
    default:
      throw new UsageError(`clock can settle, advance, pause, resume and speed, not "${act ?? ''}"`);
  }
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function durationOf(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (number === undefined || unit === undefined) throw new UsageError(`"${text}" is no duration: 500ms, 3s, 2m, 1h`);
  return Math.round(Number(number) * units[unit]!);
}

function accessOf(file: string): Access {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const access = readAccess(text);
  if (!access) throw new UsageError(`${file} does not say how to reach a cluster of "drydock serve"`);
  return access;
}

function send({ server, certificate, token }: Access, command: ClockCommand): Promise<ClockState> {
  const body = JSON.stringify(command);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(`${server}${clockPath}`, { method: 'POST', headers, ca: certificate }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(answer) as ClockState);
        else reject(new UsageError(`${server} answers ${response.statusCode}: ${messageOf(answer)}`));
      });
    });
    sent.on('error', (error) => reject(new UsageError(`${server} cannot be reached: ${error.message}`)));
    sent.end(body);
  });
}

function messageOf(answer: string): string {
  try {
    return (JSON.parse(answer) as { message: string }).message;
  } catch {
    return answer.trim();
  }
}

export const clock: CliCommand = { summary: 'moves the time of a cluster that is served', help, run };
