// POST /drydock/clock: our own endpoint, for whoever drives the cluster's time from outside.
import { badRequest } from '../cluster/registry/answers.ts';
import { json, pageNotFound, refusal, type Answer } from './answer.ts';
import type { Clock } from './backend.ts';
import type { HttpRequest } from './request.ts';

export const clockPath = '/drydock/clock';

/** What may be asked for; virtual milliseconds. */
export type ClockCommand =
  | { readonly do: 'settle'; readonly quietMs: number; readonly limitMs?: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'pause' | 'resume' | 'state' }
  | { readonly do: 'speed'; readonly speed: number | 'max' };

export interface ClockState extends ReturnType<Clock['state']> {
  /** After settle: whether things came to rest. */
  readonly settled?: boolean;
}

/** An hour of virtual time; longer than any rollout in which something still happens. */
const settleLimitMs = 3_600_000;
/** A year. */
const longestMs = 31_536_000_000;

export function answerClock(clock: Clock, { method, segments, body }: HttpRequest): Answer {
  if (segments.length !== 2 || segments[1] !== 'clock') return pageNotFound();
  const command = method === 'GET' ? { do: 'state' as const } : read(body.toString('utf8'));
  if (!command)
    return refusal(
      badRequest('the body must be {"do":"settle","quietMs":3000}, {"do":"advance","ms":5000}, {"do":"pause"}, {"do":"resume"} or {"do":"speed","speed":2}'),
    );
  const settled = command.do === 'settle' ? clock.settle(command.quietMs, command.limitMs ?? settleLimitMs) : undefined;
  if (command.do === 'advance') clock.advance(command.ms);
  if (command.do === 'pause') clock.pause();
  if (command.do === 'resume') clock.resume();
  if (command.do === 'speed') clock.setSpeed(command.speed);
  return json(200, { ...clock.state(), ...(settled !== undefined && { settled }) } satisfies ClockState);
}

function read(body: string): ClockCommand | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { do: act, quietMs, limitMs, ms, speed } = value as Readonly<Record<string, unknown>>;
  if (act === 'settle' && isDuration(quietMs) && (limitMs === undefined || isDuration(limitMs)))
    return { do: act, quietMs, ...(limitMs !== undefined && { limitMs }) };
  if (act === 'advance' && isDuration(ms)) return { do: act, ms };
  if (act === 'pause' || act === 'resume' || act === 'state') return { do: act };
  if (act === 'speed' && (speed === 'max' || (typeof speed === 'number' && speed > 0 && speed <= 1e6))) return { do: act, speed };
  return undefined;
}

const isDuration = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= longestMs;
