// The contract of a controller, and the runner that turns one into a component.
//
// observe reads, plan decides (pure: same view and time, same plan), apply writes. The key says only which object to look at;
// nothing is learned from the commit that caused the wake. A plan may ask for another look after `requeueAfterMs`.
// apply returns a Status when a write failed: the key is tried again after 5 ms, 10 ms, 20 ms, … up to 1000 s, as client-go's
// default rate limiter does, or as the controller says; success forgets the failures.
import type { Status } from '../../kube/status.ts';
import type { Commit } from '../store/commit.ts';
import { customCollections, type Component, type ComponentFactory } from './component.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

export interface Plan {
  /** Milliseconds until another look is needed, should nothing change before. */
  readonly requeueAfterMs?: number | undefined;
}

export interface Watch {
  /** 'pods', 'replicasets.apps' */
  readonly resource: string;
  /** The keys to look at after this commit. Reads as little as possible; never writes. */
  enqueue(commit: Commit, reader: Reader): readonly string[];
  /** How long a look may wait after this commit, so that several are seen together, in milliseconds; absent: not at all. */
  delayMs?(commit: Commit): number;
}

export interface Controller<View, P extends Plan> {
  readonly name: string;
  readonly watches: readonly Watch[];
  /** undefined: nothing to do (the object is gone). */
  observe(key: string, reader: Reader, nowMs: number): View | undefined;
  plan(view: View, nowMs: number): P;
  apply(plan: P, view: View, writer: Writer): Status | undefined;
  /** After failed writes: the first time, and the longest that doubling it comes to. */
  readonly backoff?: { readonly firstMs: number; readonly longestMs: number };
}

const defaultBackoff = { firstMs: 5, longestMs: 1_000_000 };

const none: readonly Watch[] = [];

/** A component that runs a controller. */
export function run<View, P extends Plan>(controller: Controller<View, P>): ComponentFactory {
  return ({ agenda, reader, writer: writerFor }) => {
    const writer = writerFor(controller.name);
    const { firstMs, longestMs } = controller.backoff ?? defaultBackoff;
    let failures = new Map<string, number>();
    const watchesOf = new Map<string, Watch[]>();
    for (const watch of controller.watches) watchesOf.set(watch.resource, [...(watchesOf.get(watch.resource) ?? []), watch]);
    const component: Component = {
      name: controller.name,
      watches: [...watchesOf.keys()],
      onCommit(commit) {
        const watches = watchesOf.get(commit.resource) ?? watchesOf.get(customCollections) ?? none;
        // By index, because this runs for every commit and iterators are rubbish afterwards.
        for (let i = 0; i < watches.length; i++) {
          const watch = watches[i]!;
          const keys = watch.enqueue(commit, reader);
          if (keys.length === 0) continue;
          const at = agenda.now + (watch.delayMs?.(commit) ?? 0);
          for (let k = 0; k < keys.length; k++) agenda.wakeAt(at, controller.name, keys[k]!, commit.resourceVersion);
        }
      },
      wake(key) {
        const view = controller.observe(key, reader, agenda.now);
        if (view === undefined) return void failures.delete(key);
        const plan = controller.plan(view, agenda.now);
        const failed = controller.apply(plan, view, writer);
        if (failed) {
          const tries = failures.get(key) ?? 0;
          failures.set(key, tries + 1);
          writer.wakeAt(agenda.now + Math.min(longestMs, firstMs * 2 ** tries), key);
          return;
        }
        failures.delete(key);
        if (plan.requeueAfterMs !== undefined) writer.wakeAt(agenda.now + plan.requeueAfterMs, key);
      },
      snapshot: () => new Map(failures),
      restore: (memory) => void (failures = new Map(memory as Map<string, number>)),
    };
    return component;
  };
}
