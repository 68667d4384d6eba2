// Rules for what a webhook is called for: operations, groups, versions, resources.
import type { RuleWithOperations } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const operationNames = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const scopes = ['*', 'Cluster', 'Namespaced'];

export function validateRuleWithOperations(rule: RuleWithOperations, at: Path, errors: FieldErrors): void {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  validateList(operations, 'operations', 'operations', at, errors);
  operations.forEach((operation, i) => {
    if (!operationNames.includes(operation)) errors.notSupported(at.child('operations').index(i), operation, operationNames);
  });
  validateList(apiGroups, 'apiGroups', 'API groups', at, errors);
  validateList(apiVersions, 'apiVersions', 'API versions', at, errors);
  apiVersions.forEach((version, i) => {
    if (version === '') errors.required(at.child('apiVersions').index(i));
  });
  validateResources(resources, at.child('resources'), errors);
  if (scope !== undefined && !scopes.includes(scope)) errors.notSupported(at.child('scope'), scope, scopes);
}

/** Something, and a star only alone. */
function validateList(list: readonly string[], field: string, what: string, at: Path, errors: FieldErrors): void {
  if (list.length === 0) errors.required(at.child(field));
  if (list.length > 1 && list.includes('*')) errors.invalid(at.child(field), list, `if '*' is present, must not specify other ${what}`);
}

/** 'pods', 'pods/status', 'pods/*', '*\/scale': none that another one covers already. */
function validateResources(resources: readonly string[], at: Path, errors: FieldErrors): void {
  if (resources.length === 0) errors.required(at);
  const coveredResources = new Set<string>();
  const coveredSubresources = new Set<string>();
  let endsPlain = false;
  resources.forEach((text, i) => {
    if (text === '') return errors.required(at.index(i));
    const slash = text.indexOf('/');
    if (slash < 0) return void (endsPlain = text !== '*');
    const [resource, subresource] = [text.slice(0, slash), text.slice(slash + 1)];
    if (coveredResources.has(resource)) errors.invalid(at.index(i), text, `if '${resource}/*' is present, must not specify ${text}`);
    if (coveredSubresources.has(subresource)) errors.invalid(at.index(i), text, `if '*/${subresource}' is present, must not specify ${text}`);
    if (subresource === '*') coveredResources.add(resource);
    if (resource === '*') coveredSubresources.add(subresource);
    return undefined;
  });
  if (resources.length > 1 && resources.includes('*/*')) errors.invalid(at, resources, "if '*/*' is present, must not specify other resources");
  // The last resource without a subresource decides, as in the server.
  if (!resources.includes('*') || !endsPlain) return;
  errors.invalid(at, resources, "if '*' is present, must not specify other resources without subresources");
}
