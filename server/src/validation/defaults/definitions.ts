// Defaults of CustomResourceDefinitions and admission policies (apiextensions/v1 and admissionregistration/v1 defaults.go).
import type {
  CustomResourceDefinitionSpec,
  MatchResources,
  MutatingAdmissionPolicySpec,
  NamedRuleWithOperations,
  ValidatingAdmissionPolicySpec,
} from '../../schema/generated/types.ts';
import { filledWith } from './fill.ts';

export const definitionFillers = {
  CustomResourceDefinitionSpec(spec: CustomResourceDefinitionSpec): CustomResourceDefinitionSpec {
    const { kind } = spec.names;
    const names = { ...spec.names, singular: spec.names.singular || kind.toLowerCase(), listKind: spec.names.listKind || (kind === '' ? '' : `${kind}List`) };
    const same = names.singular === spec.names.singular && names.listKind === spec.names.listKind;
    const filled = filledWith(spec, { conversion: { strategy: 'None' } });
    return same ? filled : { ...filled, names };
  },
  ValidatingAdmissionPolicySpec: (spec: ValidatingAdmissionPolicySpec) => filledWith(spec, { failurePolicy: 'Fail' }),
  MutatingAdmissionPolicySpec: (spec: MutatingAdmissionPolicySpec) => filledWith(spec, { failurePolicy: 'Fail' }),
  MatchResources: (match: MatchResources) => filledWith(match, { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} }),
  NamedRuleWithOperations: (rule: NamedRuleWithOperations) => filledWith(rule, { scope: '*' }),
};
