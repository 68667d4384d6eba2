// The HorizontalPodAutoscaler controller. It looks at every autoscaler every 15 s, and never because something has changed: the
// first look is 15 s after the autoscaler was made.
import type { ComponentFactory } from '../../runtime/component.ts';
import { applyAutoscaler } from './apply.ts';
import { nothingRemembered, type Memory } from './memory.ts';
import { planAutoscaler } from './plan.ts';
import { autoscalers, observeAutoscaler } from './view.ts';

const name = 'horizontal-pod-autoscaler';
const periodMs = 15_000;

export const podAutoscaler: ComponentFactory = ({ agenda, reader, catalog, writer: writerFor }) => {
  const writer = writerFor(name);
  let memories = new Map<string, Memory>();
  return {
    name,
    watches: [autoscalers],
    // An earlier timer stays in force.
    onCommit: ({ key, resourceVersion }) => agenda.wakeAt(agenda.now + periodMs, name, key, resourceVersion),
    wake(key) {
      const view = observeAutoscaler(key, memories, memories.get(key) ?? nothingRemembered, reader, catalog, agenda.now);
      if (!view) return void memories.delete(key);
      memories.set(key, applyAutoscaler(planAutoscaler(view), view, writer));
      writer.wakeAt(agenda.now + periodMs, key);
    },
    snapshot: () => new Map(memories),
    restore: (memory) => void (memories = new Map(memory as Map<string, Memory>)),
  };
};
