// What images say that cannot be played: the start of a web server, of a database, of anything; and the end of what crashed.
import type { Image } from '../images.ts';
import { imageFacts } from '../images.ts';
import { formatMicroTime, formatTime, parseTime } from '../../../kube/time.ts';
import { momentOf } from '../calendar.ts';
import type { OutputSource } from './output.ts';

interface Said {
  readonly at: number;
  readonly text: string;
}

export function spokenBy({ pod, container, instance }: OutputSource): readonly Said[] {
  const image = imageFacts(container);
  const at = parseTime(instance.startedAt) ?? 0;
  const speak = Object.hasOwn(speakers, image.name) ? speakers[image.name]! : anyone;
  const texts = speak({
    image,
    at,
    ip: pod.status.podIP ?? '10.244.0.2',
    name: container.name,
    ports: (container.ports ?? []).map((port) => port.containerPort),
    args: container.args ?? [],
  });
  return texts.map((text, i) => ({ at: at + i * 11, text }));
}

interface Speaker {
  readonly image: Image;
  readonly at: number;
  readonly ip: string;
  readonly name: string;
  readonly ports: readonly number[];
  readonly args: readonly string[];
}

/** '2026/01/01 00:00:01' */
function nginxTime(at: number): string {
  const { year, month, day, clock } = momentOf(at);
  return `${year}/${month}/${day} ${clock}`;
}

const spacedTime = (at: number) => formatMicroTime(at).slice(0, 23).replace('T', ' ');

/** '01 Jan 2026 00:00:01.000' */
function redisTime(at: number): string {
  const { year, monthName, day, clock, ms } = momentOf(at);
  return `${day} ${monthName} ${year} ${clock}.${ms}`;
}

/** 'Thu Jan 01 00:00:01.000000 2026' */
function apacheTime(at: number): string {
  const { year, monthName, day, weekday, clock, ms } = momentOf(at);
  return `${weekday.slice(0, 3)} ${monthName} ${day} ${clock}.${ms}000 ${year}`;
}

const entrypoint = '/docker-entrypoint.sh:';
const scripts = '/docker-entrypoint.d';

const speakers: Readonly<Record<string, (speaker: Speaker) => readonly string[]>> = {
  nginx: ({ at, image }) => [
    `${entrypoint} ${scripts}/ is not empty, will attempt to perform configuration`,
    `${entrypoint} Looking for shell scripts in ${scripts}/`,
    `${entrypoint} Launching ${scripts}/10-listen-on-ipv6-by-default.sh`,
    '10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf',
    '10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf',
    `${entrypoint} Sourcing ${scripts}/15-local-resolvers.envsh`,
    `${entrypoint} Launching ${scripts}/20-envsubst-on-templates.sh`,
    `${entrypoint} Launching ${scripts}/30-tune-worker-processes.sh`,
    `${entrypoint} Configuration complete; ready for start up`,
    `${nginxTime(at)} [notice] 1#1: using the "epoll" event method`,
    `${nginxTime(at)} [notice] 1#1: nginx/${nginxVersion(image)}`,
    `${nginxTime(at)} [notice] 1#1: built by gcc 14.2.0 (Debian 14.2.0-19)`,
    `${nginxTime(at)} [notice] 1#1: OS: Linux 6.8.0-64-generic`,
    `${nginxTime(at)} [notice] 1#1: getrlimit(RLIMIT_NOFILE): 1048576:1048576`,
    `${nginxTime(at)} [notice] 1#1: start worker processes`,
    ...[29, 30, 31, 32].map((worker) => `${nginxTime(at)} [notice] 1#1: start worker process ${worker}`),
  ],
  httpd: ({ at, ip }) => {
    const time = apacheTime(at);
    const advice = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${ip}. Set the 'ServerName' directive globally to suppress this message`;
    return [
      advice,
      advice,
      `[${time}] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.65 (Unix) configured -- resuming normal operations`,
      `[${time}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
    ];
  },
  redis: ({ at, image }) => [
    `1:C ${redisTime(at)} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
    `1:C ${redisTime(at)} * Redis version=${full(image, '8.2.1')}, bits=64, commit=00000000, modified=0, pid=1, just started`,
    `1:C ${redisTime(at)} # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf`,
    `1:M ${redisTime(at)} * monotonic clock: POSIX clock_gettime`,
    `1:M ${redisTime(at)} * Running mode=standalone, port=6379.`,
    `1:M ${redisTime(at)} * Server initialized`,
    `1:M ${redisTime(at)} * Ready to accept connections tcp`,
  ],
  postgres: ({ at, image }) => [
    '',
    'PostgreSQL Database directory appears to contain a database; Skipping initialization',
    '',
    `${spacedTime(at)} UTC [1] LOG:  starting PostgreSQL ${full(image, '17.5')} on x86_64-pc-linux-gnu, compiled by gcc, 64-bit`,
    `${spacedTime(at)} UTC [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432`,
    `${spacedTime(at)} UTC [1] LOG:  listening on IPv6 address "::", port 5432`,
    `${spacedTime(at)} UTC [1] LOG:  listening on Unix socket "/var/run/postgresql/.s.PGSQL.5432"`,
    `${spacedTime(at)} UTC [1] LOG:  database system is ready to accept connections`,
  ],
  mysql: ({ at, image }) => [
    `${formatMicroTime(at)} 0 [System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld ${full(image, '9.4.0')}) starting as process 1`,
    `${formatMicroTime(at)} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '${full(image, '9.4.0')}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.`,
  ],
  coredns: ({ image }) => [
    '.:53',
    '[INFO] plugin/reload: Running configuration SHA512 = 591cf328cccc12bc490481273e738df59329c62c0b729d94e8b61db9961c2fa5f046dd37f1cf888b953814040d180f52594972691cd6ff41be96639138a43908',
    `CoreDNS-${full(image, '1.12.1')}`,
    'linux/amd64, go1.24.1, 707c7c1',
  ],
  'hello-app': ({ at }) => [`${nginxTime(at)} Server listening on port 8080`],
  'http-echo': ({ at, ports }) => [`${formatTime(at)} [INFO] server is listening on :${ports[0] ?? 5678}`],
  'hello-world': () => ['', 'Hello from Docker!', 'This message shows that your installation appears to be working correctly.', ''],
  // They wait for input, or for nothing at all.
  busybox: () => [],
  alpine: () => [],
  debian: () => [],
  ubuntu: () => [],
  pause: () => [],
};

function anyone({ at, name, ports, image }: Speaker): readonly string[] {
  const where = ports.length > 0 ? `, listening on ${ports.map((port) => `:${port}`).join(' ')}` : '';
  return [
    `${formatTime(at)} INFO ${name} starting (${image.name}${image.version === undefined ? '' : ` ${image.version}`})`,
    `${formatTime(at)} INFO ${name} started${where}`,
  ];
}

const full = ({ version }: Image, otherwise: string) => version ?? otherwise;
/** '1.27' is a series; its servers say a patch. */
const nginxVersion = ({ version }: Image) => (version === undefined ? '1.29.1' : /^\d+\.\d+$/.test(version) ? `${version}.0` : version);

/** What a container says at its end. One that is killed for its memory says nothing. */
export function endingOf({ container, instance, pod }: OutputSource): readonly string[] {
  const { exitCode, reason, finishedAt = '' } = instance;
  if (exitCode === 1 && reason === 'Error') return [`${finishedAt} FATAL ${container.name}: unexpected error, giving up (exit code 1)`];
  const { name } = imageFacts(container);
  const isStopped = exitCode === 0 && pod.metadata.deletionTimestamp !== undefined;
  return isStopped && name === 'nginx'
    ? [
        `${nginxTime(parseTime(finishedAt) ?? 0)} [notice] 1#1: signal 3 (SIGQUIT) received, shutting down`,
        `${nginxTime(parseTime(finishedAt) ?? 0)} [notice] 1#1: exit`,
      ]
    : [];
}
