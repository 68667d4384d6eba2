// CustomResourceDefinitions (apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go).
import { checkDns1035Label, checkDns1123Subdomain } from '../../kube/names.ts';
import { isEstablished } from '../../schema/custom/custom-kind.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionNames, CustomResourceDefinitionSpec } from '../../schema/generated/types.ts';
import { findings, type FieldErrors } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root, type Path } from '../path.ts';
import { validateConversion } from './conversion.ts';
import { validateVersion } from './version.ts';

export const customResourceDefinitionRules: RulesOf<CustomResourceDefinition> = {
  validate: (definition) =>
    findings((errors) => {
      const wanted = `${definition.spec.names.plural}.${definition.spec.group}`;
      const nameRule = (name: string, isPrefix: boolean) => [
        ...subdomainName(name, isPrefix),
        ...(name === wanted ? [] : ['must be spec.names.plural+"."+spec.group']),
      ];
      validateObjectMeta(definition, nameRule, errors);
      validateSpec(definition.spec, root('spec'), errors);
      if (definition.status) validateNames(definition.status.acceptedNames, root('status', 'acceptedNames'), errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      const at = root('spec');
      validateSpec(next.spec, at, errors, before.spec);
      if (isEstablished(before)) {
        immutable(next.spec.scope, before.spec.scope, at.child('scope'), errors);
        immutable(next.spec.names.kind, before.spec.names.kind, at.child('names').child('kind'), errors);
      }
      immutable(next.spec.group, before.spec.group, at.child('group'), errors);
      immutable(next.spec.names.plural, before.spec.names.plural, at.child('names').child('plural'), errors);
      validateStoredVersions(next, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateNames(next.status.acceptedNames, root('status', 'acceptedNames'), errors);
      validateStoredVersions(next, errors);
    }),
};

function immutable(next: string, before: string, at: Path, errors: FieldErrors): void {
  if (next !== before) errors.invalid(at, next, 'field is immutable');
}

function validateStoredVersions({ spec, status }: CustomResourceDefinition, errors: FieldErrors): void {
  status.storedVersions?.forEach((name, i) => {
    if (!spec.versions?.some((version) => version.name === name)) errors.invalid(root('status', 'storedVersions').index(i), name, storedProblem(name));
  });
}

const storedProblem = (name: string) =>
  `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;

const scopes = ['Cluster', 'Namespaced'];

function validateSpec(spec: CustomResourceDefinitionSpec, at: Path, errors: FieldErrors, before?: CustomResourceDefinitionSpec): void {
  validateGroup(spec.group, at.child('group'), errors);
  if (!spec.scope) errors.required(at.child('scope'));
  else if (!scopes.includes(spec.scope)) errors.notSupported(at.child('scope'), spec.scope, scopes);
  if (spec.preserveUnknownFields && !before?.preserveUnknownFields) {
    errors.invalid(
      at.child('preserveUnknownFields'),
      true,
      'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
    );
  }
  const versions = at.child('versions');
  const all = spec.versions ?? [];
  all.forEach(({ schema }, i) => {
    if (!schema?.openAPIV3Schema) errors.required(versions.index(i).child('schema').child('openAPIV3Schema'), 'schemas are required');
  });
  all.forEach((version, i) => {
    validateName(version.name, versions.index(i).child('name'), errors);
    validateVersion(version, versions.index(i), errors);
  });
  if (new Set(all.map(({ name }) => name)).size < all.length) errors.invalid(versions, all, 'must contain unique version names');
  if (all.filter(({ storage }) => storage).length !== 1) errors.invalid(versions, all, 'must have exactly one version marked as storage version');
  const names = at.child('names');
  for (const field of ['plural', 'singular', 'kind', 'listKind'] as const) if (!spec.names[field]) errors.required(names.child(field));
  validateNames(spec.names, names, errors);
  validateConversion(spec.conversion, at.child('conversion'), errors);
}

function validateName(name: string, at: Path, errors: FieldErrors): void {
  const problems = checkDns1035Label(name);
  if (problems.length > 0) errors.invalid(at, name, problems.join(','));
}

function validateGroup(group: string, at: Path, errors: FieldErrors): void {
  if (!group) return errors.required(at);
  const problems = checkDns1123Subdomain(group);
  if (problems.length > 0) errors.invalid(at, group, problems.join(','));
  else if (!group.includes('.')) errors.invalid(at, group, 'should be a domain with at least one dot');
}

function validateNames(names: CustomResourceDefinitionNames, at: Path, errors: FieldErrors): void {
  const label = (value: string | undefined, place: Path, prefix = '', text = value ?? '') => {
    const problems = checkDns1035Label(text);
    if (value && problems.length > 0) errors.invalid(place, value, prefix + problems.join(','));
  };
  const mixed = 'may have mixed case, but should otherwise match: ';
  label(names.plural, at.child('plural'));
  label(names.singular, at.child('singular'));
  label(names.kind, at.child('kind'), mixed, names.kind.toLowerCase());
  label(names.listKind, at.child('listKind'), mixed, names.listKind?.toLowerCase());
  names.shortNames?.forEach((name, i) => label(name, at.child('shortNames').index(i)));
  if (names.kind && names.kind === names.listKind) errors.invalid(at.child('listKind'), names.listKind, 'kind and listKind may not be the same');
  names.categories?.forEach((name, i) => label(name, at.child('categories').index(i)));
}
