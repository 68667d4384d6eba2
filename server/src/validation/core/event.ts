// Rules for events. Those with an eventTime are of the new form, in which it is said who reported what was done.
import { checkQualifiedName } from '../../kube/names.ts';
import type { KubeObject } from '../../kube/object.ts';
import { byteLength } from '../../kube/quote.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { pathSegmentName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';

/** An Event of v1. Inside the server reportingComponent is called reportingController, and findings say so. */
interface Event extends KubeObject {
  readonly involvedObject?: { readonly namespace?: string };
  readonly eventTime?: string | null;
  readonly reportingComponent?: string;
  readonly reportingInstance?: string;
  readonly action?: string;
  readonly reason?: string;
  readonly message?: string;
}

const maxShortBytes = 128;
const maxMessageBytes = 1024;

export const eventRules: RulesOf<Event> = {
  validate: (event) =>
    findings((errors) => {
      validateEvent(event, errors);
      // Only when nothing else is wrong does the server look at metadata.
      if (errors.count === 0) validateObjectMeta(event, pathSegmentName, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateEvent(next, errors);
    }),
};

function validateEvent(event: Event, errors: FieldErrors): void {
  validateNamespace(event, errors);
  if (!event.eventTime) return;
  const { reportingComponent = '', reportingInstance = '', action = '', reason = '', message = '' } = event;
  if (!reportingComponent) errors.required(root('reportingController'));
  errors.invalidEach(root('reportingController'), reportingComponent, checkQualifiedName(reportingComponent));
  for (const [field, text] of Object.entries({ reportingInstance, action, reason })) {
    if (!text) errors.required(root(field));
    validateLength(field, text, maxShortBytes, errors);
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
