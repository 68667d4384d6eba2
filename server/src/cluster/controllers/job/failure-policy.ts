// What a job's podFailurePolicy says about a pod that failed: the first rule that matches decides.
// Source: pod_failure_policy.go (pkg/controller/job).
import type { ContainerStatus, Job, Pod, PodFailurePolicyOnExitCodesRequirement, PodFailurePolicyRule } from '../../../schema/generated/types.ts';

export interface FailureVerdict {
  /** 'FailJob', 'FailIndex', 'Ignore', 'Count'; undefined when no rule matches, and then it counts. */
  readonly action?: string;
  /** Why the job fails. */
  readonly message?: string;
}

const counts: FailureVerdict = {};

export function judgeFailure({ spec }: Job, pod: Pod): FailureVerdict {
  for (const [i, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
    const cause = rule.onExitCodes ? exitCause(rule.onExitCodes, pod) : conditionCause(rule, pod);
    if (cause === undefined) continue;
    return rule.action === 'FailJob' ? { action: rule.action, message: `${cause} matching ${rule.action} rule at index ${i}` } : { action: rule.action };
  }
  return counts;
}

/** Whether the failure counts towards the limits. */
export const isCounted = (job: Job, pod: Pod): boolean => judgeFailure(job, pod).action !== 'Ignore';

function exitCause(required: PodFailurePolicyOnExitCodesRequirement, { metadata, status }: Pod): string | undefined {
  const matches = ({ name, state }: ContainerStatus) => {
    const code = state?.terminated?.exitCode ?? 0;
    if (code === 0 || (required.containerName !== undefined && required.containerName !== name)) return false;
    return required.values.includes(code) === (required.operator === 'In');
  };
  const found = status.containerStatuses?.find(matches) ?? status.initContainerStatuses?.find(matches);
  return found && `Container ${found.name} for pod ${metadata.namespace}/${metadata.name} failed with exit code ${found.state.terminated!.exitCode}`;
}

function conditionCause({ onPodConditions }: PodFailurePolicyRule, { metadata, status }: Pod): string | undefined {
  const found = status.conditions?.find(({ type, status: is }) =>
    onPodConditions?.some((pattern) => pattern.type === type && (pattern.status ?? 'True') === is),
  );
  return found && `Pod ${metadata.namespace}/${metadata.name} has condition ${found.type}`;
}
