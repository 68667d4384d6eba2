// Says that the types of a ValidatingAdmissionPolicy were checked (pkg/controller/validatingadmissionpolicystatus).
// What it would warn of is said here when the policy is created, so there is nothing to add.
import { isStatus } from '../../../kube/status.ts';
import type { ValidatingAdmissionPolicy } from '../../../schema/generated/types.ts';
import { run, type Plan } from '../../runtime/controller.ts';

const policies = 'validatingadmissionpolicies.admissionregistration.k8s.io';

const isNews = ({ metadata, status }: ValidatingAdmissionPolicy) => status?.observedGeneration !== metadata.generation;

export const admissionPolicyStatus = run<ValidatingAdmissionPolicy, Plan>({
  name: 'validatingadmissionpolicy-status-controller',
  watches: [{ resource: policies, enqueue: ({ key, after }) => (after && isNews(after as ValidatingAdmissionPolicy) ? [key] : []) }],
  observe(key, reader) {
    const policy = reader.get<ValidatingAdmissionPolicy>(policies, undefined, key);
    return policy && isNews(policy) ? policy : undefined;
  },
  plan: () => ({}),
  apply(_plan, policy, writer) {
    const { generation } = policy.metadata;
    const status = { ...policy.status, ...(generation !== undefined && { observedGeneration: generation }), typeChecking: {} };
    const written = writer.updateStatus<ValidatingAdmissionPolicy>(policies, { ...policy, status });
    return isStatus(written) && written.code !== 404 ? written : undefined;
  },
});
