// The tag of an image, as container runtimes read references (distribution/reference).

const domain = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?';
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const digest = '@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const reference = new RegExp(`^(?:${domain}/)?${pathPart}(?:/${pathPart})*(?::([\\w][\\w.-]{0,127}))?(${digest})?$`);

/**
 * 'nginx' → 'latest', 'nginx:1.27' → '1.27', 'nginx@sha256:…' → undefined, and so is the tag of what is no reference at all:
 * 'Nginx', ''.
 */
export function imageTag(image: string): string | undefined {
  const found = reference.exec(image);
  // 64 hexadecimal digits are an image's id, not its name.
  if (!found || /^[a-f0-9]{64}$/.test(image)) return undefined;
  const [, tag, digestPart] = found;
  return tag ?? (digestPart ? undefined : 'latest');
}
