// What is known of well-known images: where they listen, what they say when they start, what is in them. Of all others: a Linux with a shell.
import type { Container } from '../../schema/generated/types.ts';
import { imageOf } from '../kubelet/image.ts';

export interface Image {
  /** 'nginx', 'coredns': the last part of its name. */
  readonly name: string;
  /** '1.27.1' when the tag begins with a number. */
  readonly version: string | undefined;
  /** Where it listens when its container says nothing of ports. */
  readonly ports: readonly number[];
  readonly shell: 'none' | 'sh' | 'bash';
  readonly programs: 'busybox' | 'debian';
  readonly workingDirectory: string;
  /** What it runs when its container names no command; for ps. */
  readonly command: string;
  /** Where a web server looks for pages. */
  readonly documentRoot?: string;
}

type Known = Partial<Omit<Image, 'name' | 'version'>>;

const page = { ports: [80], shell: 'bash' } as const;

const known: Readonly<Record<string, Known>> = {
  nginx: { ...page, command: 'nginx: master process nginx -g daemon off;', documentRoot: '/usr/share/nginx/html' },
  httpd: { ...page, command: 'httpd -DFOREGROUND', documentRoot: '/usr/local/apache2/htdocs', workingDirectory: '/usr/local/apache2' },
  busybox: { programs: 'busybox', shell: 'sh', command: 'sh' },
  alpine: { programs: 'busybox', shell: 'sh', command: '/bin/sh' },
  curl: { programs: 'busybox', shell: 'sh', command: 'curl' },
  debian: { command: 'bash' },
  ubuntu: { command: '/bin/bash' },
  redis: { ports: [6379], workingDirectory: '/data', command: 'redis-server *:6379' },
  postgres: { ports: [5432], command: 'postgres' },
  mysql: { ports: [3306], command: 'mysqld' },
  mongo: { ports: [27_017], command: 'mongod --bind_ip_all' },
  memcached: { ports: [11_211], command: 'memcached' },
  'hello-app': { ports: [8080], shell: 'none', command: '/hello-app' },
  'http-echo': { ports: [5678], shell: 'none', command: '/http-echo' },
  'echo-server': { ports: [8080], shell: 'none', command: '/bin/echo-server' },
  agnhost: { programs: 'busybox', shell: 'sh', ports: [8080], command: '/agnhost pause' },
  pause: { shell: 'none', command: '/pause' },
  coredns: { shell: 'none', ports: [53, 8080, 9153], command: '/coredns -conf /etc/coredns/Corefile' },
  'hello-world': { shell: 'none', command: '/hello' },
};

const minimal = /distroless|scratch|^kube-|^etcd$|storage-provisioner|metrics-server/;

export function imageFacts({ image: text = '' }: Pick<Container, 'image'>): Image {
  const reference = imageOf(text)?.reference.replace(/@.*$/, '') ?? text;
  const [, name = text, tag = ''] = /([^/:]+)(?::([^/]*))?$/.exec(reference) ?? [];
  const facts = Object.hasOwn(known, name) ? known[name]! : {};
  const isAlpine = tag.includes('alpine');
  return {
    name,
    version: /^\d[\w.]*/.exec(tag)?.[0],
    ports: facts.ports ?? [],
    shell: facts.shell === 'none' || minimal.test(name) || tag.includes('distroless') ? 'none' : isAlpine ? 'sh' : (facts.shell ?? 'bash'),
    programs: isAlpine ? 'busybox' : (facts.programs ?? 'debian'),
    workingDirectory: facts.workingDirectory ?? '/',
    command: facts.command ?? `/${name}`,
    ...(facts.documentRoot !== undefined && { documentRoot: facts.documentRoot }),
  };
}

/** The ports that a container listens on; undefined: it does not say, and answers on any. */
export function listenedPorts(container: Container): readonly number[] | undefined {
  const { ports } = imageFacts(container);
  const all = [...(container.ports ?? []).map(({ containerPort }) => containerPort), ...ports];
  return all.length === 0 ? undefined : all;
}
