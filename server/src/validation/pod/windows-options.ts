// Rules for the Windows part of security contexts.
import { checkDns1123Subdomain } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { PodSpec, WindowsSecurityContextOptions } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { eachContainer } from './context.ts';

const maxCredentialKib = 64;
const maxDomainLength = 256;
const maxUserLength = 104;

const netBiosDomain = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const dnsLabel = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const dnsDomain = new RegExp(`^${dnsLabel}(?:\\.${dnsLabel})*$`);

export function validateWindowsOptions(options: WindowsSecurityContextOptions | undefined, at: Path, errors: FieldErrors): void {
  if (!options) return;
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: spec, runAsUserName: user } = options;
  if (name !== undefined) errors.invalidEach(at.child('gmsaCredentialSpecName'), name, checkDns1123Subdomain(name));
  if (spec === '') errors.invalid(at.child('gmsaCredentialSpec'), spec, 'gmsaCredentialSpec cannot be an empty string');
  else if (spec !== undefined && byteLength(spec) > maxCredentialKib * 1024) {
    errors.invalid(at.child('gmsaCredentialSpec'), spec, `gmsaCredentialSpec size must be under ${maxCredentialKib} KiB`);
  }
  if (user !== undefined) errors.invalidEach(at.child('runAsUserName'), user, checkUserName(user));
}

/** 'ContainerUser' or 'DOMAIN\user'. */
function checkUserName(name: string): readonly string[] {
  if (name === '') return ['runAsUserName cannot be an empty string'];
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\x00-\x1f\x7f]/.test(name)) return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const [domain, user] = parts.length === 2 ? [parts[0] as string, parts[1] as string] : [undefined, name];
  return [...(domain === undefined ? [] : checkDomain(domain)), ...checkUser(user)];
}

function checkDomain(domain: string): readonly string[] {
  return [
    ...(byteLength(domain) >= maxDomainLength ? [`runAsUserName's Domain length must be under ${maxDomainLength} characters`] : []),
    ...(netBiosDomain.test(domain) || dnsDomain.test(domain) ? [] : ["runAsUserName's Domain doesn't match the NetBios nor the DNS format"]),
  ];
}

function checkUser(user: string): readonly string[] {
  const length = byteLength(user);
  return [
    ...(length === 0 ? ["runAsUserName's User cannot be empty"] : []),
    ...(length > maxUserLength ? [`runAsUserName's User length must not be longer than ${maxUserLength} characters`] : []),
    ...(/^[. ]+$/.test(user) ? ["runAsUserName's User cannot contain only periods or spaces"] : []),
    ...(/["/\\:;|=,+*?<>@[\]]/.test(user) ? [`runAsUserName's User cannot contain the following characters: "/\\:;|=,+*?<>@[]`] : []),
  ];
}

/** Containers that run on the host itself: all of a pod or none, and in the host's network. */
export function validateHostProcess(spec: PodSpec, at: Path, errors: FieldErrors): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let [all, onHost] = [0, 0];
  eachContainer(spec, at, ({ securityContext }, path) => {
    const own = securityContext?.windowsOptions?.hostProcess;
    all++;
    if (ofPod !== undefined && own !== undefined && ofPod !== own) {
      const field = path.child('securityContext').child('windowsOptions').child('hostProcess');
      errors.invalid(field, own, `pod hostProcess value must be identical if both are specified, was ${ofPod}`);
    }
    if (own ?? ofPod) onHost++;
  });
  if (onHost === 0) return;
  if (onHost !== all) errors.invalid(at, '', 'If pod contains any hostProcess containers then all containers must be HostProcess containers');
  if (!spec.hostNetwork) errors.invalid(at.child('hostNetwork'), false, 'hostNetwork must be true if pod contains any hostProcess containers');
}
