// CustomResourceDefinitions (apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go).
import { checkDns1035Label, checkDns1123Subdomain } from '../../kube/names.ts';
import { isEstablished } from '../../schema/custom/custom-kind.ts';
import type { Schema } from '../../schema/custom/structural.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionNames, CustomResourceDefinitionSpec } from '../../schema/generated/types.ts';
import { findings, type FieldErrors } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root, type Path } from '../path.ts';
import { validateConversion } from './conversion.ts';
import { hasDefaults } from './schema.ts';
import { goStruct } from '../text/go-struct.ts';
import { formatWarnings } from './format-warnings.ts';
import { hoisted } from './hoisted.ts';
import { validateShared, validateVersion } from './version.ts';

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
      const storage = definition.spec.versions?.find((version) => version.storage)?.name;
      validateStoredVersions(definition, storage === undefined ? undefined : [storage], errors);
      validatePreservation(definition.spec, undefined, root('spec'), errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      const at = root('spec');
      validateSpec(next.spec, at, errors);
      if (isEstablished(before)) {
        immutable(next.spec.scope, before.spec.scope, at.child('scope'), errors);
        immutable(next.spec.names.kind, before.spec.names.kind, at.child('names').child('kind'), errors);
      }
      immutable(next.spec.group, before.spec.group, at.child('group'), errors);
      immutable(next.spec.names.plural, before.spec.names.plural, at.child('names').child('plural'), errors);
      validateStoredVersions(next, next.status.storedVersions, errors);
      validatePreservation(next.spec, before.spec, at, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateNames(next.status.acceptedNames, root('status', 'acceptedNames'), errors);
    }),
  warnings: formatWarnings,
};

function immutable(next: string, before: string, at: Path, errors: FieldErrors): void {
  if (next !== before) errors.invalid(at, next, 'field is immutable');
}

/** `stored`: which versions objects may be stored in. A new definition has none but the one that is stored now. */
function validateStoredVersions({ spec }: CustomResourceDefinition, stored: readonly string[] | undefined, errors: FieldErrors): void {
  const at = root('status', 'storedVersions');
  if (!stored?.length) return errors.invalid(at, stored ?? null, 'must have at least one stored version');
  const left = new Map(stored.map((name, i) => [name, i]));
  for (const { name, storage } of spec.versions ?? []) {
    if (storage && !left.has(name)) errors.invalid(at, stored, `must have the storage version ${name}`);
    left.delete(name);
  }
  for (const [name, i] of left) errors.invalid(at.index(i), name, storedProblem(name));
  return undefined;
}

const storedProblem = (name: string) =>
  `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;

const scopes = ['Cluster', 'Namespaced'];

function validateSpec(spec: CustomResourceDefinitionSpec, at: Path, errors: FieldErrors): void {
  validateGroup(spec.group, at.child('group'), errors);
  if (!spec.scope) errors.required(at.child('scope'));
  else if (!scopes.includes(spec.scope)) errors.notSupported(at.child('scope'), spec.scope, scopes);
  const { shared, versions } = hoisted(spec.versions ?? []);
  const place = at.child('versions');
  if (!shared.schema?.openAPIV3Schema) {
    versions.forEach(({ schema }, i) => {
      if (!schema?.openAPIV3Schema) errors.required(place.index(i).child('schema').child('openAPIV3Schema'));
    });
  }
  if (spec.preserveUnknownFields && [shared, ...versions].some(({ schema }) => hasDefaults(schema?.openAPIV3Schema as Schema | undefined))) {
    errors.invalid(at.child('preserveUnknownFields'), true, 'must be false in order to use defaults in the schema');
  }
  versions.forEach((version, i) => {
    validateName(version.name, place.index(i).child('name'), errors);
    validateVersion(version, (shared.subresources ?? version.subresources)?.status !== undefined, place.index(i), errors);
  });
  const printed = () => (spec.versions ? versions.map((version) => goStruct('CustomResourceDefinitionVersion', version)) : null);
  if (new Set(versions.map(({ name }) => name)).size < versions.length) errors.invalid(place, printed(), 'must contain unique version names');
  if (versions.filter(({ storage }) => storage).length !== 1) errors.invalid(place, printed(), 'must have exactly one version marked as storage version');
  if (versions[0]?.name) validateName(versions[0].name, at.child('version'), errors);
  const names = at.child('names');
  for (const field of ['plural', 'singular', 'kind', 'listKind'] as const) if (!spec.names[field]) errors.required(names.child(field));
  validateNames(spec.names, names, errors);
  const hasStatus = [shared, ...versions].some(({ subresources }) => subresources?.status !== undefined);
  validateShared(shared, hasStatus, at, errors);
  validateConversion(spec.conversion, at.child('conversion'), errors);
}

/** Once, a definition could keep what its schema does not know. */
function validatePreservation(spec: CustomResourceDefinitionSpec, before: CustomResourceDefinitionSpec | undefined, at: Path, errors: FieldErrors): void {
  if (!spec.preserveUnknownFields || before?.preserveUnknownFields) return;
  const detail = 'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
  errors.invalid(at.child('preserveUnknownFields'), true, detail);
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
    if (value !== undefined && problems.length > 0) errors.invalid(place, value, prefix + problems.join(','));
  };
  const mixed = 'may have mixed case, but should otherwise match: ';
  // What is missing is said elsewhere, and only of the spec.
  label(names.plural || undefined, at.child('plural'));
  label(names.singular || undefined, at.child('singular'));
  label(names.kind || undefined, at.child('kind'), mixed, names.kind?.toLowerCase());
  label(names.listKind || undefined, at.child('listKind'), mixed, names.listKind?.toLowerCase());
  names.shortNames?.forEach((name, i) => label(name, at.child('shortNames').index(i)));
  if (names.kind && names.kind === names.listKind) errors.invalid(at.child('listKind'), names.listKind, 'kind and listKind may not be the same');
  names.categories?.forEach((name, i) => label(name, at.child('categories').index(i)));
}
