// A pod template, as part of whatever carries it.
import { formatLabelSelector } from '../../kube/label-selector.ts';
import type { PodTemplateSpec, Toleration, TopologySpreadConstraint } from '../../schema/generated/types.ts';
import { containerLines } from './containers.ts';
import { annotationLines, labelLines, multiline, type Lines } from './lines.ts';
import { volumeLines } from './volumes.ts';

export function podTemplateLines({ metadata, spec }: PodTemplateSpec): Lines {
  const inTemplate = true;
  const annotated = Object.keys(metadata?.annotations ?? {}).length > 0;
  return [
    'Pod Template:',
    ...labelLines('  Labels', metadata?.labels),
    ...(annotated ? annotationLines('  Annotations', metadata?.annotations) : []),
    ...(spec?.serviceAccountName ? [`  Service Account:\t${spec.serviceAccountName}`] : []),
    ...(spec?.initContainers?.length ? containerLines(spec.initContainers, { title: 'Init Containers', inTemplate }) : []),
    ...containerLines(spec?.containers ?? [], { title: 'Containers', inTemplate }),
    ...volumeLines(spec?.volumes, inTemplate),
    ...spreadLines(spec?.topologySpreadConstraints, '  '),
    ...(spec?.priorityClassName ? [`  Priority Class Name:\t${spec.priorityClassName}`] : []),
    ...labelLines('  Node-Selectors', spec?.nodeSelector),
    ...tolerationLines('  Tolerations', spec?.tolerations),
  ];
}

export function tolerationLines(title: string, tolerations: readonly Toleration[] = []): Lines {
  const sorted = tolerations.toSorted((a, b) => compare(a.key ?? '', b.key ?? ''));
  return multiline(title, sorted.map(tolerationText));
}

/** 'key=value:Effect for 300s', 'key:Effect op=Exists'. */
function tolerationText({ key = '', value = '', effect = '', operator, tolerationSeconds }: Toleration): string {
  const text = `${key}${value && `=${value}`}${effect && `:${effect}`}`;
  const exists = operator === 'Exists' && value === '' ? `${text === '' ? '' : ' '}op=Exists` : '';
  return `${text}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}

export function spreadLines(constraints: readonly TopologySpreadConstraint[] = [], space = ''): Lines {
  if (constraints.length === 0) return [];
  const texts = constraints
    .toSorted((a, b) => compare(a.topologyKey, b.topologyKey))
    .map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
      const selector = labelSelector ? ` for selector ${formatLabelSelector(labelSelector)}` : '';
      return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`;
    });
  const [first, ...rest] = multiline(`${space}Topology Spread Constraints`, texts);
  return [first!, ...rest.map((line) => space + line)];
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
