// Records what components say about objects, in the form and with the counting of the real recorders.
// Events are written straight into the store: no admission but the namespace's, no validation, since nothing in them comes from outside.
import { formatMicroTime, formatTime } from '../../../kube/time.ts';
import type { ObjectMeta } from '../../../kube/object.ts';
import type { Event, Namespace, ObjectReference, Pod } from '../../../schema/generated/types.ts';
import type { Component } from '../../runtime/component.ts';
import type { EventDraft, EventTarget } from '../../runtime/writer.ts';
import type { Commit } from '../../store/commit.ts';
import type { RegistryContext } from '../context.ts';
import { Correlator } from './correlator.ts';
import { EventNames } from './event-names.ts';
import { EventExpiry, type Lifetime } from './expiry.ts';
import { EventSeries, tickMs, type Series, type SeriesMemory } from './series.ts';

interface Memory {
  readonly correlators: ReadonlyMap<string, ReturnType<Correlator['snapshot']>>;
  readonly lastName: bigint;
  readonly series: SeriesMemory;
  readonly expiry: readonly Lifetime[];
}

export class EventRecorder implements Component {
  readonly name = 'event-recorder';
  readonly watches = ['events', 'pods'];
  readonly #context: RegistryContext;
  /** By the source: the component, and the node that it runs on. */
  #correlators = new Map<string, Correlator>();
  #names = new EventNames();
  #series: EventSeries;
  #expiry = new EventExpiry();

  constructor(context: RegistryContext) {
    this.#context = context;
    this.#series = new EventSeries({ known: new Map(), refreshedAt: context.agenda.now });
  }

  record(by: string, about: EventTarget, event: EventDraft): void {
    const namespace = about.metadata.namespace ?? 'default';
    const place = this.#context.store.get<Namespace>('namespaces', undefined, namespace);
    if (!place || place.status.phase === 'Terminating') return;
    if (event.newApi) this.#recordNew(by, namespace, about, event, event.newApi.action);
    else this.#recordCounted(by, namespace, about, event);
  }

  #recordCounted(by: string, namespace: string, about: EventTarget, event: EventDraft): void {
    const { store, agenda, time } = this.#context;
    const { host } = event;
    const newName = () => this.#names.next(about.metadata.name, agenda.now);
    const correlated = this.#correlatorOf(host === undefined ? by : `${by} ${host}`).correlate(about.metadata.uid, event, agenda.now, newName);
    if (!correlated) return;
    const { name, count, firstAt, message } = correlated;
    const before = count > 1 ? store.get<Event>('events', namespace, name) : undefined;
    if (before) return this.#write(by, { ...before, count, lastTimestamp: time, message });
    this.#write(by, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: this.#metadata(namespace, name, event),
      involvedObject: referenceTo(about, event.fieldPath),
      reason: event.reason,
      message,
      type: event.type,
      count,
      firstTimestamp: firstAt === agenda.now ? time : formatTime(firstAt),
      lastTimestamp: time,
      reportingComponent: by,
      reportingInstance: host ?? '',
      source: host === undefined ? { component: by } : { component: by, host },
    });
  }

  #recordNew(by: string, namespace: string, about: EventTarget, event: EventDraft, action: string): void {
    const { now } = this.#context.agenda;
    const { name: objectName, uid, resourceVersion } = about.metadata;
    const key = `${uid} ${resourceVersion} ${event.reason} ${action} ${event.type} ${by}`;
    const repeated = this.#series.repeat(key, now);
    if (repeated) {
      if (repeated !== 'counted') this.#writeSeries(repeated);
      return;
    }
    const name = this.#names.next(objectName, now);
    if (this.#series.isEmpty) this.#context.agenda.wakeAt(now + tickMs, this.name, 'series');
    this.#series.begin(key, { by, namespace, name }, now);
    this.#write(by, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: this.#metadata(namespace, name, event),
      involvedObject: referenceTo(about, event.fieldPath),
      reason: event.reason,
      message: event.message,
      type: event.type,
      action,
      eventTime: this.#context.microTime,
      reportingComponent: by,
      reportingInstance: `${by}-control-plane`,
      source: {},
    });
  }

  #metadata(namespace: string, name: string, { annotations }: EventDraft): ObjectMeta {
    const { random, store, time } = this.#context;
    const metadata = { name, namespace, uid: random.uuid(), resourceVersion: store.nextResourceVersion, creationTimestamp: time };
    return annotations ? { ...metadata, annotations } : metadata;
  }

  #writeSeries({ by, namespace, name, count, lastAt }: Series): void {
    const before = this.#context.store.get<Event>('events', namespace, name);
    if (before) this.#write(by, { ...before, series: { count, lastObservedTime: formatMicroTime(lastAt) } });
  }

  #write(by: string, event: Event): void {
    const { namespace, name } = event.metadata;
    this.#context.store.commit({ resource: 'events', namespace, name, after: event, cause: { by, because: this.#context.because() } });
  }

  #correlatorOf(source: string): Correlator {
    let correlator = this.#correlators.get(source);
    if (!correlator) this.#correlators.set(source, (correlator = new Correlator()));
    return correlator;
  }

  // ---- the component: events end, and series are written now and then ----

  onCommit({ resource, key, before, after, resourceVersion, at }: Commit): void {
    if (resource === 'pods') {
      if (!after) this.#forget(before as Pod);
      return;
    }
    if (!after) return;
    this.#expiry.written(key, resourceVersion, at);
    this.#context.agenda.wakeAt(this.#expiry.nextAt!, this.name, 'expiry');
  }

  /** Pods come and go by the thousand; what was said about one is of no use when it is gone. */
  #forget({ metadata, spec }: Pod): void {
    this.#correlators.get(`kubelet ${spec.nodeName}`)?.forget(metadata.uid);
  }

  wake(key: string): void {
    const { agenda, store } = this.#context;
    if (key === 'series') {
      for (const update of this.#series.tick(agenda.now)) this.#writeSeries(update);
      if (!this.#series.isEmpty) agenda.wakeAt(agenda.now + tickMs, this.name, 'series');
      return;
    }
    const events = store.collection('events');
    for (const due of this.#expiry.takeDue(agenda.now)) {
      const event = events.get(due.key);
      if (!event || Number(event.metadata.resourceVersion) !== due.resourceVersion) continue;
      const { namespace, name } = event.metadata;
      store.commit({ resource: 'events', namespace, name, after: undefined, cause: { by: this.name, because: 0 } });
    }
    const next = this.#expiry.nextAt;
    if (next !== undefined) agenda.wakeAt(next, this.name, 'expiry');
  }

  snapshot(): Memory {
    const correlators = new Map(Array.from(this.#correlators, ([source, correlator]) => [source, correlator.snapshot()]));
    return { correlators, lastName: this.#names.last, series: this.#series.snapshot(), expiry: this.#expiry.snapshot() };
  }

  restore(memory: unknown): void {
    const { correlators, lastName, series, expiry } = memory as Memory;
    this.#correlators = new Map(Array.from(correlators, ([source, memories]) => [source, new Correlator(memories)]));
    this.#names = new EventNames(lastName);
    this.#series = new EventSeries(series);
    this.#expiry = new EventExpiry(expiry);
  }
}

function referenceTo({ apiVersion, kind, metadata: { name, namespace, uid, resourceVersion } }: EventTarget, fieldPath: string | undefined): ObjectReference {
  if (namespace === undefined) return { kind, name, uid, apiVersion, resourceVersion };
  return fieldPath === undefined
    ? { kind, namespace, name, uid, apiVersion, resourceVersion }
    : { kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath };
}
