// Rules for runtime classes.
import { checkDns1123Label } from '../../kube/names.ts';
import type { RuntimeClass, Scheduling } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabels } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateGenericMeta, validateGenericMetaUpdate } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import type { ResourceList } from '../pod/resources.ts';
import { validateOverhead } from '../pod/resources.ts';
import { validateTolerations } from '../pod/tolerations.ts';
import { goStruct } from '../text/go-struct.ts';
import { newNameOf } from '../warnings/node-labels.ts';

const at = root('scheduling');

export const runtimeClassRules: RulesOf<RuntimeClass> = {
  validate: (object) => findings((errors) => validateClass(object, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateClass(next, errors);
      validateGenericMetaUpdate(next, before, errors);
      validateImmutable(next.handler, before.handler, root('handler'), errors);
    }),
  // The server leaves out the key here.
  warnings: ({ scheduling }) =>
    Object.keys(scheduling?.nodeSelector ?? {}).flatMap((key) => (newNameOf(key) ? [`${at.child('nodeSelector')}: ${newNameOf(key)}`] : [])),
};

function validateClass(object: RuntimeClass, errors: FieldErrors): void {
  const { handler, overhead, scheduling } = object;
  validateGenericMeta(object, subdomainName, errors);
  if (!handler) errors.required(root('handler'));
  else errors.invalidEach(root('handler'), handler, checkDns1123Label(handler));
  if (overhead) validateOverhead((overhead.podFixed ?? {}) as ResourceList, root('overhead'), errors);
  if (scheduling) validateScheduling(scheduling, errors);
}

function validateScheduling({ nodeSelector, tolerations = [] }: Scheduling, errors: FieldErrors): void {
  validateLabels(nodeSelector, at.child('nodeSelector'), errors);
  validateTolerations(tolerations, at.child('tolerations'), errors);
  const seen = new Set<string>();
  tolerations.forEach((toleration, i) => {
    const { key = '', operator = '', value = '', effect = '' } = toleration;
    const identity = JSON.stringify([key, operator, value, effect]);
    if (seen.has(identity)) errors.duplicate(at.child('tolerations').index(i), goStruct('Toleration', toleration));
    seen.add(identity);
  });
}
