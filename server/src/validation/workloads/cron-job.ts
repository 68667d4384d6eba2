// Rules for CronJobs (pkg/apis/batch/validation).
import { parseCron } from '../../kube/cron-schedule.ts';
import { isTimeZone, isTimeZoneRegion } from '../../kube/time-zones.ts';
import { byteLength } from '../../kube/quote.ts';
import type { CronJob, CronJobSpec, JobSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { printedSelector } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { jobSpecWarnings, validateJobSpec } from './job-spec.ts';
import { isNewGeneration, podNameWarnings } from './template.ts';

const spec = root('spec');
const jobSpec = spec.child('jobTemplate').child('spec');

/** The name of a job is that of its CronJob with eleven characters behind it, and has at most 63. */
const maxNameLength = 52;
const policies = ['Allow', 'Forbid', 'Replace'];

export const cronJobRules: RulesOf<CronJob> = {
  validate: (cronJob) =>
    findings((errors) => {
      validateObjectMeta(cronJob, subdomainName, errors);
      validateSpec(cronJob.spec, undefined, errors);
      const { name } = cronJob.metadata;
      if (byteLength(name) > maxNameLength) errors.invalid(root('metadata', 'name'), name, `must be no more than ${maxNameLength} characters`);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateSpec(next.spec, before.spec, errors);
    }),
  validateStatusUpdate: (next, before) => findings((errors) => validateAnyReplacedMeta(next, before, errors)),
  warnings: (next, before) => [
    ...(before ? [] : podNameWarnings(next.metadata.name)),
    ...(before && !isNewGeneration(next, before) ? [] : jobSpecWarnings(next.spec.jobTemplate.spec, jobSpec)),
    ...(before && next.spec.schedule.includes('TZ') ? [zoneInSchedule] : []),
  ],
};

// The server says `spec` twice.
const zoneInSchedule =
  'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details';

function validateSpec(cronJob: CronJobSpec, before: CronJobSpec | undefined, errors: FieldErrors): void {
  const { schedule, timeZone, startingDeadlineSeconds, concurrencyPolicy, jobTemplate } = cronJob;
  if (!schedule) errors.required(spec.child('schedule'));
  else validateSchedule(cronJob, before?.schedule.includes('TZ') ?? false, spec.child('schedule'), errors);
  validateNonNegative(startingDeadlineSeconds, spec.child('startingDeadlineSeconds'), errors);
  if (timeZone !== undefined && timeZone !== before?.timeZone) validateTimeZone(timeZone, spec.child('timeZone'), errors);
  const policy = concurrencyPolicy as string;
  if (!policies.includes(policy)) errors.notSupported(spec.child('concurrencyPolicy'), policy, policies);
  validateTemplate(jobTemplate.spec, errors);
  for (const field of ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'] as const) validateNonNegative(cronJob[field], spec.child(field), errors);
}

/** A zone in the schedule was allowed once, and may stay where it is. */
function validateSchedule({ schedule, timeZone }: CronJobSpec, mayHaveZone: boolean, at: Path, errors: FieldErrors): void {
  const parsed = parseCron(schedule);
  if ('error' in parsed) errors.invalid(at, schedule, parsed.error);
  if (!schedule.includes('TZ')) return;
  if (!mayHaveZone) errors.invalid(at, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead');
  else if (timeZone !== undefined) errors.invalid(at, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule');
}

function validateTimeZone(name: string, at: Path, errors: FieldErrors): void {
  if (name === '') return errors.invalid(at, name, 'timeZone must be nil or non-empty string');
  const isWellFormed = name.split('/').every((part) => part !== '.' && part !== '..' && /^[A-Za-z._0-9+][A-Za-z._0-9+-]{0,13}$/.test(part));
  const unknown = `unknown time zone ${name}`;
  if (!isWellFormed) return errors.invalid(at, name, unknown);
  if (name.toLowerCase() === 'local') {
    errors.invalid(at, name, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones');
    // Go knows a zone of that name.
    if (name === 'Local') return undefined;
  }
  // Zones are files, and their regions folders.
  if (isTimeZoneRegion(name)) errors.invalid(at, name, 'is a directory');
  else if (!isTimeZone(name)) errors.invalid(at, name, unknown);
  return undefined;
}

function validateTemplate(job: JobSpec, errors: FieldErrors): void {
  validateJobSpec(job, jobSpec, errors);
  if (job.selector) errors.invalid(jobSpec.child('selector'), printedSelector(job.selector), '`selector` will be auto-generated');
  if (job.manualSelector) errors.notSupported(jobSpec.child('manualSelector'), true, ['nil', 'false']);
}
