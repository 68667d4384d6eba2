// The places of a set, remembered and changed one by one, so that a look at a set of 10,000 pods costs as many pods as have changed
// since the look before.
// Invariant: a roster equals one that is taken anew of the same set, pods, claims and moment (test/cluster/controllers/stateful-set).
import TinyQueue from 'tinyqueue';
import type { Pod } from '../../../schema/generated/types.ts';
import { planOwners, type ClaimSource } from './claims.ts';
import { availableFrom, isDeleted, isReady } from './health.ts';
import { isInRange, podNameOf, revisionOf } from './identity.ts';
import { OrdinalSet } from './ordinal-set.ts';
import { stepFor } from './replicas.ts';
import type { Step } from './step.ts';

/** One ordinal as it was last seen. */
interface Place {
  readonly name: string;
  readonly pod: Pod | undefined;
  /** Whether the set wants a pod here. */
  readonly wanted: boolean;
  /** Its pod is there, and not stopping. */
  readonly staying: boolean;
  readonly ready: boolean;
  /** Counts as available, be it stopping or not. */
  readonly available: boolean;
  /** Time alone makes it available then, in milliseconds since 1970; infinite: never, or it is already. */
  readonly availableAtMs: number;
  /** What to do for it when its turn comes. */
  readonly step: Step | undefined;
}

/** What there is of one revision. */
class Share {
  /** All pods, stopping ones too. */
  pods = 0;
  /** Those that are not stopping. */
  readonly wanted = new OrdinalSet();
  readonly condemned = new OrdinalSet();

  get live(): number {
    return this.wanted.size + this.condemned.size;
  }

  copy(): Share {
    return Object.assign(new Share(), { pods: this.pods, wanted: this.wanted.copy(), condemned: this.condemned.copy() });
  }
}

interface Waiting {
  readonly atMs: number;
  readonly ordinal: number;
}

const soonest = (a: Waiting, b: Waiting): number => a.atMs - b.atMs;

export class Roster {
  /** Of the ordinals that the set wants. todo: with a step. unavailable: missing, stopping, or waiting to become available. */
  readonly wanted = { todo: new OrdinalSet(), unavailable: new OrdinalSet() };
  /** Pods of other ordinals. todo: whose claims want other owners. staying: not stopping yet. */
  readonly condemned = { all: new OrdinalSet(), todo: new OrdinalSet(), unavailable: new OrdinalSet(), staying: new OrdinalSet() };
  readonly counts = { all: 0, ready: 0, available: 0 };
  readonly #places = new Map<number, Place>();
  readonly #revisions = new Map<string, Share>();
  #waiting = new TinyQueue<Waiting>([], soonest);

  /** Takes the ordinal as it is now in the place of what was known of it. */
  see(ordinal: number, pod: Pod | undefined, source: ClaimSource, nowMs: number): void {
    const before = this.#places.get(ordinal);
    const wanted = isInRange(source.set, ordinal);
    const place = wanted || pod ? placeOf(ordinal, pod, wanted, source, nowMs) : undefined;
    if (place) this.#places.set(ordinal, place);
    else this.#places.delete(ordinal);
    if (before) this.#count(before, -1);
    if (place) this.#count(place, 1);
    this.#share(ordinal, before, place);
    this.#file(ordinal, place);
    if (place && place.availableAtMs !== Number.POSITIVE_INFINITY) this.#waiting.push({ atMs: place.availableAtMs, ordinal });
  }

  /** The ordinals that look different now, because time has passed. */
  *due(nowMs: number): Iterable<number> {
    for (let next = this.#next(); next && next.atMs <= nowMs; next = this.#next()) {
      this.#waiting.pop();
      yield next.ordinal;
    }
  }

  /** When time alone makes the next pod available, in milliseconds since 1970. */
  get nextAvailableMs(): number | undefined {
    return this.#next()?.atMs;
  }

  nameAt(ordinal: number): string {
    return this.#places.get(ordinal)!.name;
  }

  stepAt(ordinal: number): Step | undefined {
    return this.#places.get(ordinal)?.step;
  }

  /** The lowest ordinal that is not available; when all that are wanted are, the lowest condemned one that is not. */
  get firstUnavailable(): number | undefined {
    return this.wanted.unavailable.lowest ?? this.condemned.unavailable.lowest;
  }

  /** The highest wanted ordinal whose pod is of another revision, and is not stopping. */
  highestOutdated(update: string): number | undefined {
    let highest: number | undefined;
    for (const [revision, { wanted }] of this.#revisions) {
      if (revision !== update && wanted.highest !== undefined) highest = Math.max(highest ?? wanted.highest, wanted.highest);
    }
    return highest;
  }

  /** How many pods of the revision there are that are not stopping. */
  liveOf(revision: string): number {
    return this.#revisions.get(revision)?.live ?? 0;
  }

  /** Names of the revisions of all pods. */
  get revisions(): Iterable<string> {
    return this.#revisions.keys();
  }

  copy(): Roster {
    const copy = new Roster();
    for (const rank of ['wanted', 'condemned'] as const) {
      for (const [name, ordinals] of Object.entries(this[rank])) Object.assign(copy[rank], { [name]: ordinals.copy() });
    }
    Object.assign(copy.counts, this.counts);
    for (const [ordinal, place] of this.#places) copy.#places.set(ordinal, place);
    for (const [name, share] of this.#revisions) copy.#revisions.set(name, share.copy());
    copy.#waiting = new TinyQueue([...this.#waiting.data], soonest);
    return copy;
  }

  /** Those of places that have changed since are left in the queue until they come up. */
  #next(): Waiting | undefined {
    for (;;) {
      const next = this.#waiting.peek();
      if (!next || this.#places.get(next.ordinal)?.availableAtMs === next.atMs) return next;
      this.#waiting.pop();
    }
  }

  #count({ pod, ready, available }: Place, sign: 1 | -1): void {
    if (!pod) return;
    this.counts.all += sign;
    if (ready) this.counts.ready += sign;
    if (ready && available) this.counts.available += sign;
  }

  /** A pod mostly stays what it is: then there is nothing to move. */
  #share(ordinal: number, before: Place | undefined, after: Place | undefined): void {
    const [was, is] = [before?.pod && revisionOf(before.pod), after?.pod && revisionOf(after.pod)];
    if (was === is && before?.wanted === after?.wanted && before?.staying === after?.staying) return;
    const share = this.#revisions.get(was!);
    if (share) {
      share.pods--;
      share[before!.wanted ? 'wanted' : 'condemned'].keep(ordinal, false);
      if (share.pods === 0) this.#revisions.delete(was!);
    }
    if (is === undefined) return;
    const other = this.#revisions.get(is) ?? new Share();
    this.#revisions.set(is, other);
    other.pods++;
    other[after!.wanted ? 'wanted' : 'condemned'].keep(ordinal, after!.staying);
  }

  #file(ordinal: number, place: Place | undefined): void {
    const { wanted, condemned } = this;
    const unavailable = place !== undefined && !(place.available && place.staying);
    const [isWanted, isCondemned] = [place?.wanted === true, place?.wanted === false];
    wanted.todo.keep(ordinal, isWanted && place?.step !== undefined);
    wanted.unavailable.keep(ordinal, isWanted && unavailable);
    condemned.all.keep(ordinal, isCondemned);
    condemned.todo.keep(ordinal, isCondemned && place?.step !== undefined);
    condemned.unavailable.keep(ordinal, isCondemned && unavailable);
    condemned.staying.keep(ordinal, isCondemned && place?.staying === true);
  }
}

function placeOf(ordinal: number, pod: Pod | undefined, wanted: boolean, source: ClaimSource, nowMs: number): Place {
  const { set } = source;
  const name = podNameOf(set, ordinal);
  const from = pod ? availableFrom(pod, set.spec.minReadySeconds ?? 0) : Number.POSITIVE_INFINITY;
  const available = from <= nowMs;
  return {
    name,
    pod,
    wanted,
    staying: pod !== undefined && !isDeleted(pod),
    ready: pod !== undefined && isReady(pod),
    available,
    availableAtMs: available ? Number.POSITIVE_INFINITY : from,
    step: wanted ? stepFor(source, ordinal, name, pod, available) : ownersStep(source, pod!),
  };
}

/** The claims of a pod that goes are given to it, or to the set, as the policy says. */
function ownersStep(source: ClaimSource, pod: Pod): Step | undefined {
  const claims = planOwners(source, pod.metadata);
  return claims.length > 0 ? { do: 'own', claims, why: 'own-claims' } : undefined;
}
