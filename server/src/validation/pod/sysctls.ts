// Rules for kernel settings of a pod.
import type { PodSpec, Sysctl } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const segment = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const pattern = `^(${segment}[\\./])*${segment}$`;
const shape = new RegExp(pattern);
const maxLength = 253;

/** Settings of the kernel that each namespace has for itself, by the start of their names. */
const ipcSettings = ['kernel.shm', 'kernel.msg', 'fs.mqueue.'];

export function validateSysctls(sysctls: readonly Sysctl[] | undefined, spec: PodSpec, path: Path, errors: FieldErrors): void {
  const seen = new Set<string>();
  sysctls?.forEach(({ name }, i) => {
    const at = path.index(i).child('name');
    if (!name) errors.required(at);
    else if (name.length > maxLength || !shape.test(name)) errors.invalid(at, name, `must have at most ${maxLength} characters and match regex ${pattern}`);
    else if (seen.has(name)) errors.duplicate(at, name);
    validateNamespaced(name, spec, at, errors);
    seen.add(name);
  });
}

/** A pod in the network or IPC namespace of its host would change the host's settings. */
function validateNamespaced(sysctl: string, spec: PodSpec, at: Path, errors: FieldErrors): void {
  const name = withDots(sysctl);
  if (spec.hostNetwork && name.startsWith('net.')) errors.invalid(at, sysctl, "may not be specified when 'hostNetwork' is true");
  else if (spec.hostIPC && (name === 'kernel.sem' || ipcSettings.some((start) => name.startsWith(start)))) {
    errors.invalid(at, sysctl, "may not be specified when 'hostIPC' is true");
  }
}

/** 'net/ipv4/conf/eth0.1/forwarding' is 'net.ipv4.conf.eth0/1.forwarding': with slashes first, the two trade places. */
function withDots(name: string): string {
  if (!/^[^.]*\//.test(name)) return name;
  return name.replace(/[./]/g, (separator) => (separator === '.' ? '/' : '.'));
}
