// Rules for environment variables and where they come from.
import { checkConfigMapKey, checkDns1123Label, checkDns1123Subdomain, checkRelaxedEnvironmentName } from '../../kube/names.ts';
import type { ConfigMapKeySelector, EnvFromSource, EnvVar, FileKeySelector, PodSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validatePathNoBacksteps } from '../volumes/paths.ts';
import { subdomainName } from '../metadata/names.ts';
import { eachContainer } from './context.ts';
import { environmentFields, validateFieldRef, validateResourceFieldRef } from './field-refs.ts';

export function validateEnv(variables: readonly EnvVar[] | undefined, path: Path, errors: FieldErrors): void {
  variables?.forEach((variable, i) => {
    const at = path.index(i);
    if (!variable.name) errors.required(at.child('name'));
    else errors.invalidEach(at.child('name'), variable.name, checkRelaxedEnvironmentName(variable.name));
    if (variable.valueFrom) validateValueFrom(variable, at.child('valueFrom'), errors);
  });
}

function validateValueFrom({ value, valueFrom = {} }: EnvVar, at: Path, errors: FieldErrors): void {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom;
  if (fieldRef) validateFieldRef(fieldRef, environmentFields, at.child('fieldRef'), errors);
  if (resourceFieldRef) validateResourceFieldRef(resourceFieldRef, false, at.child('resourceFieldRef'), errors);
  if (configMapKeyRef) validateKeyRef(configMapKeyRef, at.child('configMapKeyRef'), errors);
  if (secretKeyRef) validateKeyRef(secretKeyRef, at.child('secretKeyRef'), errors);
  if (fileKeyRef) validateFileKeyRef(fileKeyRef, at.child('fileKeyRef'), errors);
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length;
  const choices = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
  if (sources === 0) errors.invalid(at, '', `must specify one of: ${choices}`);
  else if (value) errors.invalid(at, '', 'may not be specified when `value` is not empty');
  else if (sources > 1) errors.invalid(at, '', 'may not have more than one field specified at a time');
}

function validateKeyRef({ name = '', key = '' }: Partial<ConfigMapKeySelector>, at: Path, errors: FieldErrors): void {
  errors.invalidEach(at.child('name'), name, checkDns1123Subdomain(name));
  if (!key) errors.required(at.child('key'));
  else errors.invalidEach(at.child('key'), key, checkConfigMapKey(key));
}

function validateFileKeyRef({ key = '', volumeName = '', path = '' }: Partial<FileKeySelector>, at: Path, errors: FieldErrors): void {
  if (!key) errors.required(at.child('key'));
  else errors.invalidEach(at.child('key'), key, checkRelaxedEnvironmentName(key));
  if (!volumeName) errors.required(at.child('volumeName'));
  else errors.invalidEach(at.child('volumeName'), volumeName, checkDns1123Label(volumeName));
  if (!path) errors.required(at.child('path'));
  else validatePathNoBacksteps(path, at.child('path'), errors);
}

export function validateEnvFrom(sources: readonly EnvFromSource[] | undefined, path: Path, errors: FieldErrors): void {
  sources?.forEach(({ prefix, configMapRef, secretRef }, i) => {
    const at = path.index(i);
    if (prefix) errors.invalidEach(at.child('prefix'), prefix, checkRelaxedEnvironmentName(prefix));
    if (configMapRef) validateSourceName(configMapRef.name, at.child('configMapRef'), errors);
    if (secretRef) validateSourceName(secretRef.name, at.child('secretRef'), errors);
    if (!configMapRef && !secretRef) errors.invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`');
    else if (configMapRef && secretRef) errors.invalid(path, '', 'may not have more than one field specified at a time');
  });
}

function validateSourceName(name: string | undefined, at: Path, errors: FieldErrors): void {
  if (!name) errors.required(at.child('name'));
  // Checked as if more could follow, so a dash at the end passes.
  else errors.invalidEach(at.child('name'), name, subdomainName(name, true));
}

/** A variable can be read from a file of an emptyDir alone. */
export function validateFileKeyVolumes(spec: PodSpec, at: Path, errors: FieldErrors): void {
  eachContainer(spec, at, ({ env }, path) =>
    env?.forEach(({ valueFrom }, i) => {
      if (!valueFrom?.fileKeyRef) return;
      const { volumeName } = valueFrom.fileKeyRef;
      const field = path.child('env').index(i).child('valueFrom').child('fileKeyRef').child('volumeName');
      const volume = spec.volumes?.findLast(({ name }) => name === volumeName);
      if (!volume) errors.notFound(field, volumeName);
      else if (!volume.emptyDir) errors.invalid(field, volumeName, 'referenced volume must be of type emptyDir');
    }),
  );
}
