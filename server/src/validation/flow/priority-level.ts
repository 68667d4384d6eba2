// Rules for priority levels of requests.
import { isEqual } from '../../kube/equal.ts';
import type {
  ExemptPriorityLevelConfiguration,
  LimitedPriorityLevelConfiguration,
  LimitResponse,
  PriorityLevelConfiguration,
  PriorityLevelConfigurationSpec,
  QueuingConfiguration,
} from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { mandatoryLevels } from './mandatory.ts';
import { validateFlowStatus } from './status.ts';

const at = root('spec');
const zeroSharesAnnotation = 'flowcontrol.k8s.io/preserve-zero-concurrency-shares';
const maxQueues = 10_000_000;
/** A hand of queues is dealt from the bits of one hash. */
const maxHashBits = 60;

export const priorityLevelRules: RulesOf<PriorityLevelConfiguration> = {
  validate: (level) => findings((errors) => validateLevel(level, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateLevel(next, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateFlowStatus(next.status, errors);
    }),
};

function validateLevel(level: PriorityLevelConfiguration, errors: FieldErrors): void {
  const { metadata, spec } = level;
  validateObjectMeta(level, subdomainName, errors);
  if (metadata.annotations?.[zeroSharesAnnotation] !== undefined) {
    errors.forbidden(root('metadata', 'annotations'), `annotation '${zeroSharesAnnotation}' is forbidden`);
  }
  validateSpec(spec ?? { type: '' }, metadata.name, errors);
  validateMandatory(level, errors);
  validateFlowStatus(level.status, errors);
}

function validateSpec({ type = '', limited, exempt }: PriorityLevelConfigurationSpec, name: string, errors: FieldErrors): void {
  if ((name === 'exempt') !== (type === 'Exempt')) errors.invalid(at.child('type'), type, "must be 'Exempt' if and only if `name` is 'exempt'");
  if (type === 'Exempt') {
    if (limited) errors.forbidden(at.child('limited'), 'must be nil if the type is not Limited');
    if (exempt) validateShares(exempt, at.child('exempt'), errors);
  } else if (type === 'Limited') {
    if (exempt) errors.forbidden(at.child('exempt'), 'must be nil if the type is Limited');
    if (limited) validateLimited(limited, at.child('limited'), errors);
    else errors.required(at.child('limited'), 'must not be empty when type is Limited');
  } else if (type === '') errors.required(at.child('type'));
  else errors.notSupported(at.child('type'), type, ['Exempt', 'Limited']);
}

/** The levels that every server has are what they are, but for how many seats the exempt one lends. */
function validateMandatory({ metadata: { name }, spec }: PriorityLevelConfiguration, errors: FieldErrors): void {
  const fixed = Object.hasOwn(mandatoryLevels, name) ? (mandatoryLevels[name] as PriorityLevelConfigurationSpec) : undefined;
  if (!fixed) return;
  const isExempt = name === 'exempt';
  const { exempt: _, ...rest } = (spec ?? {}) as PriorityLevelConfigurationSpec;
  const compared = isExempt && fixed.exempt ? { ...rest, exempt: fixed.exempt } : spec;
  if (isEqual(compared, fixed)) return;
  const part = isExempt ? " except the 'spec.exempt' field" : '';
  errors.invalid(at, goStruct('PriorityLevelConfigurationSpec', spec ?? {}), `spec of '${name}'${part} must equal the fixed value`);
}

function validateLimited(limited: LimitedPriorityLevelConfiguration, field: Path, errors: FieldErrors): void {
  const { nominalConcurrencyShares: shares = 0, limitResponse, lendablePercent, borrowingLimitPercent: borrowed } = limited;
  if (shares < 0) errors.invalid(field.child('nominalConcurrencyShares'), shares, 'must be a non-negative integer');
  validateLimitResponse(limitResponse ?? { type: '' }, field.child('limitResponse'), errors);
  validateLendable(lendablePercent, field, errors);
  if (borrowed !== undefined && borrowed < 0) errors.invalid(field.child('borrowingLimitPercent'), borrowed, 'if specified, must be a non-negative integer');
}

function validateShares({ nominalConcurrencyShares: shares = 0, lendablePercent }: ExemptPriorityLevelConfiguration, field: Path, errors: FieldErrors): void {
  if (shares < 0) errors.invalid(field.child('nominalConcurrencyShares'), shares, 'must be a non-negative integer');
  validateLendable(lendablePercent, field, errors);
}

function validateLendable(percent: number | undefined, field: Path, errors: FieldErrors): void {
  if (percent !== undefined && (percent < 0 || percent > 100)) errors.invalid(field.child('lendablePercent'), percent, 'must be between 0 and 100, inclusive');
}

// The server's texts speak of Limited where they mean Queue.
function validateLimitResponse({ type = '', queuing }: LimitResponse, field: Path, errors: FieldErrors): void {
  if (type === 'Reject') {
    if (queuing) errors.forbidden(field.child('queuing'), 'must be nil if limited.limitResponse.type is not Limited');
  } else if (type === 'Queue') {
    if (queuing) validateQueuing(queuing, field.child('queuing'), errors);
    else errors.required(field.child('queuing'), 'must not be empty if limited.limitResponse.type is Limited');
  } else if (type === '') errors.required(field.child('type'));
  else errors.notSupported(field.child('type'), type, ['Queue', 'Reject']);
}

function validateQueuing({ queueLengthLimit = 0, queues = 0, handSize = 0 }: QueuingConfiguration, field: Path, errors: FieldErrors): void {
  if (queueLengthLimit <= 0) errors.invalid(field.child('queueLengthLimit'), queueLengthLimit, 'must be positive');
  if (queues <= 0) errors.invalid(field.child('queues'), queues, 'must be positive');
  else if (queues > maxQueues) errors.invalid(field.child('queues'), queues, `must not be greater than ${maxQueues}`);
  const size = field.child('handSize');
  if (handSize <= 0) errors.invalid(size, handSize, 'must be positive');
  else if (handSize > queues) errors.invalid(size, handSize, `should not be greater than queues (${queues})`);
  else if (entropyBits(queues, handSize) > maxHashBits) {
    errors.invalid(size, handSize, `required entropy bits of deckSize ${queues} and handSize ${handSize} should not be greater than ${maxHashBits}`);
  }
}

/** 64 queues and hands of 8: 8 × 6 bits. */
const entropyBits = (queues: number, handSize: number) => Math.ceil(Math.log2(queues) * handSize);
