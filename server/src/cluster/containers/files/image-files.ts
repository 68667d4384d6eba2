// The files that a container finds in its image, and those that the kubelet puts there.
import type { Pod } from '../../../schema/generated/types.ts';
import { utf8 } from '../bytes.ts';
import type { Image } from '../images.ts';
import { TreeVolume, type Entry } from './volume.ts';

export function imageVolume(pod: Pod, image: Image, hostname: string, at: number): TreeVolume {
  const files = new Map<string, Entry>();
  const put = (path: string, text: string) => files.set(path, { bytes: utf8(text), mode: 0o644, changedAt: at });
  for (const folder of [
    'dev',
    'home',
    'media',
    'mnt',
    'opt',
    'proc',
    'root',
    'run',
    'srv',
    'sys',
    'tmp',
    'usr/bin',
    'usr/local/bin',
    'usr/sbin',
    'bin',
    'sbin',
    'var/log',
    'var/run',
    'data',
    'app',
  ])
    files.set(folder, { bytes: undefined, mode: folder === 'tmp' ? 0o1777 : 0o755, changedAt: at });
  put('etc/hostname', `${hostname}\n`);
  put('etc/hosts', hosts(pod, hostname));
  put('etc/resolv.conf', resolvConf(pod));
  put('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n');
  put('etc/group', 'root:x:0:\nnogroup:x:65534:\n');
  put('etc/os-release', osRelease(image));
  put('dev/null', '');
  put('proc/1/cmdline', `${image.command}\0`);
  if (image.name === 'nginx') {
    put('etc/nginx/nginx.conf', nginxConf);
    put('etc/nginx/conf.d/default.conf', nginxDefault);
    put('var/log/nginx/access.log', '');
    put('var/log/nginx/error.log', '');
  }
  if (image.documentRoot !== undefined) put(`${image.documentRoot.slice(1)}/index.html`, welcome(image, hostname));
  return new TreeVolume(files, at);
}

/** The page of a web server that nobody gave another: it names the pod. */
const welcome = ({ name }: Image, hostname: string) =>
  `<!DOCTYPE html>\n<html>\n<head><title>Welcome to ${name}!</title></head>\n<body>\n<h1>Welcome to ${name}!</h1>\n<p>Served by pod ${hostname}.</p>\n</body>\n</html>\n`;

function hosts({ status, spec }: Pod, hostname: string): string {
  const aliases = (spec.hostAliases ?? []).map(({ ip, hostnames = [] }) => `${ip}\t${hostnames.join('\t')}\n`).join('');
  const more = aliases === '' ? '' : `\n# Entries added by HostAliases.\n${aliases}`;
  return `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::\tip6-localnet\nfe00::\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n${status.podIP ?? ''}\t${hostname}\n${more}`;
}

function resolvConf({ metadata, spec }: Pod): string {
  const { nameservers = [], searches = [], options = [] } = spec.dnsConfig ?? {};
  const inCluster = spec.dnsPolicy !== 'None' && spec.dnsPolicy !== 'Default';
  const zones = inCluster ? [`${metadata.namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'] : [];
  const settings = [...(inCluster ? ['ndots:5'] : []), ...options.map(({ name, value }) => (value === undefined ? name : `${name}:${value}`))];
  const search = [...zones, ...searches];
  return [
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...[...(inCluster ? ['10.96.0.10'] : []), ...nameservers].map((server) => `nameserver ${server}`),
    ...(settings.length > 0 ? [`options ${settings.join(' ')}`] : []),
    '',
  ].join('\n');
}

function osRelease({ programs, name }: Image): string {
  if (name === 'ubuntu') return 'PRETTY_NAME="Ubuntu 24.04 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\n';
  if (programs === 'busybox') return 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.0\nPRETTY_NAME="Alpine Linux v3.22"\n';
  return 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="13"\nID=debian\n';
}

const nginxConf =
  'user  nginx;\nworker_processes  auto;\n\nevents {\n    worker_connections  1024;\n}\n\nhttp {\n    include       /etc/nginx/mime.types;\n    access_log  /var/log/nginx/access.log  main;\n    include /etc/nginx/conf.d/*.conf;\n}\n';
const nginxDefault =
  'server {\n    listen       80;\n    listen  [::]:80;\n    server_name  localhost;\n\n    location / {\n        root   /usr/share/nginx/html;\n        index  index.html index.htm;\n    }\n}\n';
