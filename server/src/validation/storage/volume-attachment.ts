// Rules for attachments of volumes to nodes.
import { checkDns1123Subdomain, rangeText } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { VolumeAttachment, VolumeAttachmentSource, VolumeError } from '../../schema/generated/types.ts';
import { validateInlineVolumeSpec } from '../core/persistent-volume.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta } from '../metadata/object-meta.ts';
import { maxInt32 } from '../numbers.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateDriverName } from '../volumes/driver-name.ts';

const maxMetadataBytes = 256 * 1024;
const maxMessageBytes = 1024;

const validateUpdate: RulesOf<VolumeAttachment>['validateUpdate'] = (next, before) =>
  findings((errors) => {
    validateAnyReplacedMeta(next, before, errors);
    validateAttachment(next, errors);
    validateImmutable(next.spec, before.spec, root('spec'), errors, goStruct('VolumeAttachmentSpec', next.spec ?? {}));
  });

export const volumeAttachmentRules: RulesOf<VolumeAttachment> = {
  validate: (attachment) => findings((errors) => validateAttachment(attachment, errors)),
  validateUpdate,
  validateStatusUpdate: validateUpdate,
};

const oneSource = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';

function validateAttachment(attachment: VolumeAttachment, errors: FieldErrors): void {
  const { spec, status } = attachment;
  const at = root('spec');
  validateObjectMeta(attachment, subdomainName, errors);
  validateDriverName(spec?.attacher, at.child('attacher'), errors);
  validateSource(spec?.source ?? {}, at.child('source'), errors);
  const node = spec?.nodeName ?? '';
  errors.invalidEach(at.child('nodeName'), node, checkDns1123Subdomain(node));
  const metadata = Object.entries(status?.attachmentMetadata ?? {});
  const bytes = metadata.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  if (bytes > maxMetadataBytes) errors.tooLong(root('status', 'attachmentMetadata'), maxMetadataBytes);
  for (const field of ['attachError', 'detachError'] as const) if (status?.[field]) validateError(status[field], root('status', field), errors);
  const name = spec?.source?.persistentVolumeName;
  if (name !== undefined) errors.invalidEach(root('spec.source.persistentVolumeName'), name, checkDns1123Subdomain(name));
}

function validateSource({ inlineVolumeSpec: inline, persistentVolumeName: name }: VolumeAttachmentSource, at: Path, errors: FieldErrors): void {
  if (inline && name !== undefined) errors.forbidden(at, oneSource);
  else if (inline) validateInlineVolumeSpec(inline, at.child('inlineVolumeSpec'), errors);
  else if (name === undefined) errors.required(at, oneSource);
  else if (name === '') errors.required(at.child('persistentVolumeName'), 'must specify non empty persistentVolumeName');
}

function validateError({ message = '', errorCode }: VolumeError, at: Path, errors: FieldErrors): void {
  // The limit that the server names is not the one that it checks.
  if (byteLength(message) > maxMessageBytes) errors.tooLong(at.child('message'), maxMetadataBytes);
  if (errorCode !== undefined && errorCode < 0) errors.invalid(at.child('errorCode'), errorCode, rangeText(0, maxInt32));
}
