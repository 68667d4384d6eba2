// Rules for probes and for lifecycle hooks: both name exactly one thing to do.
import { checkHttpHeaderName } from '../../kube/names.ts';
import type { HTTPGetAction, Lifecycle, LifecycleHandler, PodSpec, Probe } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateNonNegative } from '../numbers.ts';
import { validatePortOrName } from './ports.ts';

type ProbeKind = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

export function validateProbe(probe: Probe | undefined, kind: ProbeKind, spec: PodSpec, path: Path, errors: FieldErrors): void {
  if (!probe) return;
  const at = path.child(kind);
  validateHandler(probe, spec, at, errors);
  for (const field of ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const) {
    validateNonNegative(probe[field], at.child(field), errors);
  }
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0) errors.invalid(at.child('terminationGracePeriodSeconds'), grace, 'must be greater than 0');
  if (kind === 'readinessProbe') {
    if (grace !== undefined) errors.invalid(at.child('terminationGracePeriodSeconds'), grace, 'must not be set for readinessProbes');
  } else if (probe.successThreshold !== 1) errors.invalid(at.child('successThreshold'), probe.successThreshold ?? 0, 'must be 1');
}

// Stop signals are not here: that field is switched off in this version and dropped before it is checked.
export function validateLifecycle(lifecycle: Lifecycle | undefined, spec: PodSpec, path: Path, errors: FieldErrors): void {
  if (!lifecycle) return;
  if (lifecycle.postStart) validateHandler(lifecycle.postStart, spec, path.child('lifecycle').child('postStart'), errors);
  if (lifecycle.preStop) validateHandler(lifecycle.preStop, spec, path.child('lifecycle').child('preStop'), errors);
}

type Handler = Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'> & LifecycleHandler;
type HandlerRules = { readonly [Name in keyof Handler]-?: (action: NonNullable<Handler[Name]>, spec: PodSpec, at: Path, errors: FieldErrors) => void };

/** In the order in which the server looks at them; the first one found is checked, further ones are refused. */
const handlers: HandlerRules = {
  exec: ({ command = [] }, _, at, errors) => {
    if (command.length === 0) errors.required(at.child('command'));
  },
  httpGet: (action, _, at, errors) => validateHttpGet(action, at, errors),
  tcpSocket: ({ port }, _, at, errors) => validatePortOrName(port ?? 0, at.child('port'), errors),
  grpc: ({ port }, _, at, errors) => validatePortOrName(port ?? 0, at.child('port'), errors),
  sleep: ({ seconds = 0 }, { terminationGracePeriodSeconds: grace }, at, errors) => {
    if (grace === undefined || (seconds >= 0 && seconds <= grace)) return;
    errors.invalid(at, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`);
  },
};

function validateHandler(handler: Handler, spec: PodSpec, at: Path, errors: FieldErrors): void {
  let found = 0;
  for (const [name, rule] of Object.entries(handlers) as [keyof Handler, (action: object, spec: PodSpec, at: Path, errors: FieldErrors) => void][]) {
    const action = handler[name];
    if (!action) continue;
    if (found++ > 0) errors.forbidden(at.child(name), 'may not specify more than 1 handler type');
    else rule(action, spec, at.child(name), errors);
  }
  if (found === 0) errors.required(at, 'must specify a handler type');
}

function validateHttpGet({ path, port, scheme = '', httpHeaders }: HTTPGetAction, at: Path, errors: FieldErrors): void {
  if (!path) errors.required(at.child('path'));
  validatePortOrName(port ?? 0, at.child('port'), errors);
  if (scheme !== 'HTTP' && scheme !== 'HTTPS') errors.notSupported(at.child('scheme'), scheme, ['HTTP', 'HTTPS']);
  for (const { name } of httpHeaders ?? []) errors.invalidEach(at.child('httpHeaders'), name, checkHttpHeaderName(name));
}
