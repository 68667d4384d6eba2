// Rules for events, in the form of v1, in which they are stored. Those with an eventTime are of the new form, in which it is said who
// reported what was done. Whoever uses events.k8s.io is asked for more than whoever uses v1.
import { checkDns1123Subdomain, checkQualifiedName } from '../../kube/names.ts';
import { isEqual } from '../../kube/equal.ts';
import { byteLength } from '../../kube/quote.ts';
import type { Event, EventSeries } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { pathSegmentName, subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateGenericMeta, validateObjectMeta, validateObjectMetaUpdate } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';

const maxShortBytes = 128;
const maxMessageBytes = 1024;

/** For requests to v1. */
export const eventRules: RulesOf<Event> = {
  validate: (event) =>
    findings((errors) => {
      validateEvent(event, 'reportingComponent', errors);
      // Only when nothing else is wrong does the server look at metadata.
      if (errors.count === 0) validateGenericMeta(event, pathSegmentName, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateEvent(next, 'reportingComponent', errors);
    }),
};

/** For requests to events.k8s.io/v1, whose objects come converted to v1. */
export const strictEventRules: RulesOf<Event> = {
  validate: (event) =>
    findings((errors) => {
      validateEvent(event, 'reportingController', errors);
      validateObjectMeta(event, subdomainName, errors);
      validateSeries(event.series, errors);
      if (!event.eventTime) errors.required(root('eventTime'));
      const { type = '' } = event;
      if (type !== 'Normal' && type !== 'Warning') errors.invalid(root('type'), '', `has invalid value: ${type}`);
      for (const field of ['firstTimestamp', 'lastTimestamp', 'count'] as const) if (event[field]) errors.invalid(root(field), '', 'needs to be unset');
      if (event.source?.component || event.source?.host) errors.invalid(root('source'), '', 'needs to be unset');
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateEvent(next, 'reportingController', errors);
      validateObjectMetaUpdate(next, before, errors);
      if (!isEqual(next.series, before.series)) validateSeries(next.series, errors);
      validateUnchanged(next, before, errors);
    }),
};

// ---- what is asked of every event ----

function validateEvent(event: Event, reporterField: string, errors: FieldErrors): void {
  validateNamespace(event, errors);
  if (event.eventTime) validateReport(event, reporterField, errors);
  const { namespace = '' } = event.metadata;
  errors.invalidEach(root('namespace'), namespace, checkDns1123Subdomain(namespace));
}

function validateReport({ reportingComponent = '', message = '', ...event }: Event, reporterField: string, errors: FieldErrors): void {
  if (!reportingComponent) errors.required(root(reporterField));
  errors.invalidEach(root(reporterField), reportingComponent, checkQualifiedName(reportingComponent));
  for (const field of ['reportingInstance', 'action', 'reason'] as const) {
    if (!event[field]) errors.required(root(field));
    validateLength(field, event[field] ?? '', maxShortBytes, errors);
  }
  validateLength('message', message, maxMessageBytes, errors);
}

function validateLength(field: string, text: string, max: number, errors: FieldErrors): void {
  if (byteLength(text) > max) errors.invalid(root(field), '', `can have at most ${max} characters`);
}

/** An event is where the object is that it is about; those about objects without a namespace are in 'default'. */
function validateNamespace({ metadata: { namespace = '' }, involvedObject, eventTime }: Event, errors: FieldErrors): void {
  const about = involvedObject?.namespace ?? '';
  const isCommon = namespace === 'default' || (eventTime ? namespace === 'kube-system' : namespace === '');
  const isRight = about === '' ? isCommon : Boolean(eventTime) || about === namespace;
  if (!isRight) errors.invalid(root('involvedObject', 'namespace'), about, 'does not match event.namespace');
}

// ---- what is asked of those of events.k8s.io ----

function validateSeries(series: EventSeries | undefined, errors: FieldErrors): void {
  if (!series) return;
  if ((series.count ?? 0) < 2) errors.invalid(root('series.count'), '', 'should be at least 2');
  if (!series.lastObservedTime) errors.required(root('series.lastObservedTime'));
}

/** All but the series stays what it was. In the server's order, which comes by the reason twice. */
function validateUnchanged(next: Event, before: Event, errors: FieldErrors): void {
  const same = (field: keyof Event, printed: unknown, path: string = field) => {
    if (!isEqual(next[field], before[field])) errors.invalid(root(path), printed, 'field is immutable');
  };
  same('involvedObject', goStruct('ObjectReference', next.involvedObject ?? {}));
  same('reason', next.reason ?? '');
  same('message', next.message ?? '');
  same('source', goStruct('EventSource', next.source ?? {}));
  same('firstTimestamp', next.firstTimestamp ?? null);
  same('lastTimestamp', next.lastTimestamp ?? null);
  same('count', next.count ?? 0);
  same('reason', next.reason ?? '');
  same('type', next.type ?? '');
  same('eventTime', next.eventTime ?? null);
  same('action', next.action ?? '');
  same('related', next.related ? goStruct('ObjectReference', next.related) : null);
  same('reportingComponent', next.reportingComponent ?? '', 'reportingController');
  same('reportingInstance', next.reportingInstance ?? '');
}
