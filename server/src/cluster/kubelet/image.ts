// Image names as a container runtime reads them, and what it says of images. No image is ever fetched: size and digest are made up
// from the name, the same every time.
import { codesOf, textOf, writeHex } from '../../kube/hex-text.ts';

export interface Image {
  /** 'docker.io/library/nginx:1.25' */
  readonly reference: string;
  /** 'docker.io/library/nginx@sha256:…' */
  readonly id: string;
  readonly bytes: number;
  /** With the tag that is meant when none is given: 'nginx' → 'nginx:latest'. */
  readonly tagged: string;
}

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const domain = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?';
const shape = new RegExp(`^(?:(${domain})/)?(${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?(?:@([a-z0-9+._-]+:[0-9a-fA-F]{32,}))?$`);

const known = new Map<string, Image | undefined>();

/** undefined: not a valid name. */
export function imageOf(text: string): Image | undefined {
  if (known.has(text)) return known.get(text);
  if (known.size > 10_000) known.clear();
  const image = parse(text);
  known.set(text, image);
  return image;
}

function parse(text: string): Image | undefined {
  const match = shape.exec(text);
  if (!match) return undefined;
  const [, first, path = '', tag, digest] = match;
  // 'team/app' is a path on docker.io, 'registry.local/app' and 'localhost/app' name their registry.
  const isRegistry = first !== undefined && (/[.:]/.test(first) || first === 'localhost' || /[A-Z]/.test(first));
  const whole = first !== undefined && !isRegistry ? `${first}/${path}` : path;
  const host = isRegistry ? first : 'docker.io';
  const name = `${host}/${host === 'docker.io' && !whole.includes('/') ? `library/${whole}` : whole}`;
  const suffix = digest ? `@${digest}` : `:${tag ?? 'latest'}`;
  return {
    reference: `${name}${tag && digest ? `:${tag}` : ''}${suffix}`,
    id: `${name}@${digest ?? `sha256:${hexOf(text, 64)}`}`,
    bytes: 4_000_000 + (hash(text) % 150_000_000),
    tagged: tag || digest ? text : `${text}:latest`,
  };
}

/** What containerd says when it cannot find an image. */
export const notFoundText = ({ reference }: Image): string =>
  `rpc error: code = NotFound desc = failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${reference}: not found`;

/** Why a name is not valid, as the kubelet's parser puts it. */
export function invalidNameText(text: string): string {
  const path = text.replace(/[:@].*$/, '');
  const why = /[A-Z]/.test(path) && imageOf(text.toLowerCase()) ? `: repository name (${path.includes('/') ? path : `library/${path}`}) must be lowercase` : '';
  return `couldn't parse image name "${text}": invalid reference format${why}`;
}

/** 'containerd://' and 64 digits, from the uid of its pod, its name, and how often it was started again. */
export function containerId(podUid: string, name: string, restarts: number): string {
  let word = mix(Number.parseInt(podUid.slice(0, 8), 16) ^ hash(name)) + restarts;
  for (let i = 0; i < 4; i++) {
    word = mix(word + 0x9e3779b9);
    writeHex(idCodes, scheme.length + 8 * i, word, 8);
  }
  return textOf(idCodes) + podUid.replaceAll('-', '');
}

const scheme = 'containerd://';
const idCodes = codesOf(scheme + '0'.repeat(32));

/** Hexadecimal digits that look random and follow from the text alone. */
export function hexOf(text: string, digits: number): string {
  let hex = '';
  let word = hash(text);
  while (hex.length < digits) {
    hex += word.toString(16).padStart(8, '0');
    word = mix(word + 0x9e3779b9);
  }
  return hex.slice(0, digits);
}

// FNV-1a, then the finaliser of MurmurHash3.
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return mix(value);
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
