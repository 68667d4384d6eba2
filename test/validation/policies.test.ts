// Admission policies, their bindings, and the conditions of webhooks: what a real API server said to them.
import { expect, test } from 'vitest';
import { findingsIn, withDefaults } from './objects.ts';

type Fields = Readonly<Record<string, unknown>>;

const rule = { operations: ['CREATE'], apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] };
const matchConstraints = { resourceRules: [rule] };
const findingsOf = (kind: string, fields: Fields) =>
  findingsIn(withDefaults({ apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'p' }, ...fields }));
const ofValidating = (spec: Fields) => findingsOf('ValidatingAdmissionPolicy', { spec: { matchConstraints, validations: [{ expression: 'true' }], ...spec } });
const undeclared = (at: string, text: string, name: string) =>
  `${at}: Invalid value: "${text}": compilation failed: ERROR: <input>:1:1: undeclared reference to '${name}' (in container '')\n | ${text}\n | ^`;

test('[AP1] the requests that a policy is about', () => {
  const resourceRules = [{ ...rule, resourceNames: ['a/b', 'x', 'x'], resources: ['*/*', 'pods'] }];
  expect(ofValidating({ matchConstraints: { namespaceSelector: { matchLabels: { 'a b': 'c' } }, resourceRules } })).toEqual([
    expect.stringContaining('spec.matchConstraints.namespaceSelector.matchLabels: Invalid value: "a b": name part must consist of'),
    'spec.matchConstraints.resourceRules[0].resourceNames[0]: Invalid value: "a/b": may not contain \'/\'',
    'spec.matchConstraints.resourceRules[0].resourceNames[2]: Duplicate value: "x"',
    'spec.matchConstraints.resourceRules[0].resources: Invalid value: ["*/*","pods"]: if \'*/*\' is present, must not specify other resources',
  ]);
});

test('[AP2] the kind of parameters', () => {
  expect(ofValidating({ paramKind: { apiVersion: 'a/b/c', kind: '-x' } })).toEqual([
    'spec.paramKind.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c',
    expect.stringContaining('spec.paramKind.kind: Invalid value: "-x": may have mixed case, but should otherwise match: a DNS-1035 label'),
  ]);
  expect(ofValidating({ paramKind: { apiVersion: 'A!/1', kind: 'X' } })).toEqual([
    expect.stringContaining('spec.paramKind.apiVersion: Invalid value: "A!": a lowercase RFC 1123 subdomain'),
    expect.stringContaining('spec.paramKind.apiVersion: Invalid value: "1": a DNS-1035 label'),
  ]);
});

test('[AP3] a variable knows those before it, and validations know all', () => {
  const variables = [
    { name: 'b', expression: 'variables.a' },
    { name: 'a', expression: '1' },
    { name: 'in', expression: 'true' },
  ];
  expect(ofValidating({ variables, validations: [{ expression: 'variables.a == 1' }, { expression: 'variables.b == 1' }] })).toEqual([
    `spec.variables[0].expression: Invalid value: "variables.a": compilation failed: ERROR: <input>:1:10: undefined field 'a'\n | variables.a\n | .........^`,
    'spec.variables[2].name: Invalid value: "in": must be a valid CEL identifier',
  ]);
});

test('[AP4] what is not declared cannot be spoken of', () => {
  const last = { expression: '1', message: 'a\nb', messageExpression: 'authorizer', reason: 'Unauthorized' };
  const at = (i: number) => `spec.validations[${i}]`;
  expect(ofValidating({ validations: [{ expression: 'variables.a == 1' }, { expression: 'params.x' }, last] })).toEqual([
    undeclared(`${at(0)}.expression`, 'variables.a == 1', 'variables'),
    undeclared(`${at(1)}.expression`, 'params.x', 'params'),
    `${at(2)}.expression: Invalid value: "1": must evaluate to bool but got int`,
    undeclared(`${at(2)}.messageExpression`, 'authorizer', 'authorizer'),
    `${at(2)}.message: Invalid value: "a\\nb": must not contain line breaks`,
    `${at(2)}.reason: Unsupported value: "Unauthorized": supported values: "Forbidden", "Invalid", "RequestEntityTooLarge"`,
  ]);
});

test('[AP5] a policy validates or annotates', () => {
  const detail = 'Required value: validations or auditAnnotations must contain at least one item';
  expect(ofValidating({ validations: [] })).toEqual([`spec.validations: ${detail}`, `spec.auditAnnotations: ${detail}`]);
  const auditAnnotations = [
    { key: '-a', valueExpression: '1' },
    { key: 'k', valueExpression: "'x'" },
    { key: 'k', valueExpression: ' ' },
  ];
  expect(ofValidating({ auditAnnotations })).toEqual([
    expect.stringContaining('spec.auditAnnotations[0].key: Invalid value: "p/-a": name part must consist of'),
    'spec.auditAnnotations[0].valueExpression: Invalid value: "1": must evaluate to one of [string null_type] but got int',
    'spec.auditAnnotations[2].valueExpression: Required value: valueExpression is not specified',
    'spec.auditAnnotations[2].key: Duplicate value: "k"',
  ]);
});

test('[AP6] conditions of policies and of webhooks', () => {
  const matchConditions = [
    { name: 'a', expression: ' ' },
    { name: 'a', expression: 'a:b' },
    { name: 'b', expression: 'b !' },
  ];
  const at = 'spec.matchConditions';
  expect(ofValidating({ matchConditions })).toEqual([
    `${at}[0].expression: Required value`,
    `${at}[1].expression: Invalid value: "a:b": compilation failed: ERROR: <input>:1:2: Syntax error: mismatched input ':' expecting <EOF>\n | a:b\n | .^`,
    `${at}[1].name: Duplicate value: "a"`,
    `${at}[2].expression: Invalid value: "b !": compilation failed: ERROR: <input>:1:3: Syntax error: extraneous input '!' expecting <EOF>\n | b !\n | ..^`,
  ]);
  const conditions = [
    { name: 'a', expression: 'params.x == 1' },
    { name: 'b', expression: '1' },
  ];
  const webhook = { name: 'w.ex.com', admissionReviewVersions: ['v1'], sideEffects: 'None', clientConfig: { url: 'https://ex.com/a' } };
  expect(findingsOf('ValidatingWebhookConfiguration', { webhooks: [{ ...webhook, matchConditions: conditions }] })).toEqual([
    undeclared('webhooks[0].matchConditions[0].expression', 'params.x == 1', 'params'),
    'webhooks[0].matchConditions[1].expression: Invalid value: "1": must evaluate to bool but got int',
  ]);
});

test('[AP7] policies that change objects', () => {
  const mutations = [{}, { patchType: 'X' }, { patchType: 'JSONPatch', applyConfiguration: { expression: 'x' } }, { patchType: 'JSONPatch', jsonPatch: {} }];
  const spec = { matchConstraints: { resourceRules: [{ ...rule, operations: ['DELETE'] }] }, mutations, reinvocationPolicy: '' };
  expect(findingsOf('MutatingAdmissionPolicy', { spec })).toEqual([
    'spec.matchConstraints.resourceRules.operations: Unsupported value: "DELETE": supported values: "*", "CONNECT", "CREATE", "UPDATE"',
    'spec.mutations[0].patchType: Required value',
    'spec.mutations[1].patchType: Unsupported value: "X": supported values: "ApplyConfiguration", "JSONPatch"',
    'spec.mutations[2].jsonPatch: Required value: must be specified when patchType is JSONPatch',
    'spec.mutations[2].applyConfiguration: Invalid value: "{applyConfiguration}": must not be specified when patchType is JSONPatch',
    'spec.mutations[3].jsonPatch.expression: Required value',
    'spec.reinvocationPolicy: Required value',
  ]);
});

test('[AP8] bindings', () => {
  const spec = { policyName: 'A!', paramRef: { name: 'a/b', selector: {} }, validationActions: ['Deny', 'Warn', 'X', 'X'] };
  const why = 'repeating the same validation failure information in the API response and headers serves no purpose';
  expect(findingsOf('ValidatingAdmissionPolicyBinding', { spec })).toEqual([
    expect.stringContaining('spec.policyName: Invalid value: "A!": a lowercase RFC 1123 subdomain'),
    'spec.paramRef.name: Invalid value: "a/b": may not contain \'/\'',
    'spec.paramRef.name: Forbidden: name and selector are mutually exclusive',
    'spec.paramRef.selector: Forbidden: name and selector are mutually exclusive',
    'spec.paramRef.parameterNotFoundAction: Required value',
    'spec.validationActions[2]: Unsupported value: "X": supported values: "Audit", "Deny", "Warn"',
    'spec.validationActions[3]: Unsupported value: "X": supported values: "Audit", "Deny", "Warn"',
    'spec.validationActions[3]: Duplicate value: "X"',
    `spec.validationActions: Invalid value: ["Deny","Warn","X","X"]: must not contain both Deny and Warn (${why})`,
  ]);
});
