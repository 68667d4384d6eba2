// Rules for service accounts.
import type { ServiceAccount } from '../../schema/generated/types.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';

const mountableAnnotation = 'kubernetes.io/enforce-mountable-secrets';

export const serviceAccountRules: RulesOf<ServiceAccount> = {
  validate: (account) => findings((errors) => validateObjectMeta(account, subdomainName, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateObjectMeta(next, subdomainName, errors);
    }),
  warnings(next, before) {
    const isNew = next.metadata.annotations?.[mountableAnnotation] !== undefined && before?.metadata.annotations?.[mountableAnnotation] === undefined;
    if (!isNew) return [];
    return [`metadata.annotations[${mountableAnnotation}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`];
  },
};
