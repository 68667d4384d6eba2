// The pods of a job. Those of an Indexed job know their index: by annotation, label, host name and environment.
// Source: manageJob (job_controller.go), indexed_job_utils.go.
import type { Container, Job, Pod, PodSpec, PodTemplateSpec } from '../../../schema/generated/types.ts';
import type { Draft } from '../../runtime/writer.ts';
import { podDraft } from '../pod-draft.ts';
import type { NewPod } from './manage.ts';
import { completionIndexName, failureAnnotations, trackingFinalizer } from './pod-facts.ts';

/** What makes the drafts of a job, one after another. */
export function jobPodDrafts(job: Job): (pod: NewPod) => Draft<Pod> {
  const { template } = job.spec;
  const draft = podDraft(job, template);
  const { finalizers = [] } = draft.metadata;
  const metadata = { ...draft.metadata, finalizers: finalizers.includes(trackingFinalizer) ? finalizers : [...finalizers, trackingFinalizer] };
  const plain = { ...draft, metadata };
  return ({ index, failures }) => {
    if (index === undefined) return plain;
    const position = { [completionIndexName]: String(index) };
    return {
      ...plain,
      metadata: {
        ...metadata,
        generateName: indexedPrefix(job.metadata.name, index),
        labels: { ...metadata.labels, ...position },
        annotations: { ...metadata.annotations, ...position, ...(failures && failureAnnotations(failures)) },
      },
      spec: { ...specWithIndex(template), hostname: `${job.metadata.name}-${index}` },
    };
  };
}

const longestPrefix = 58;

/** 'work-3-': the name is cut before the index is. */
function indexedPrefix(name: string, index: number): string {
  const ending = `-${index}-`;
  return `${name.slice(0, longestPrefix - ending.length)}${ending}`;
}

// One for each template, which all versions of a job share.
const withIndex = new WeakMap<PodTemplateSpec, PodSpec>();

function specWithIndex(template: PodTemplateSpec): PodSpec {
  let known = withIndex.get(template);
  if (!known) {
    const { initContainers, containers } = template.spec!;
    known = { ...template.spec!, containers: containers.map(toldIndex), ...(initContainers && { initContainers: initContainers.map(toldIndex) }) };
    withIndex.set(template, known);
  }
  return known;
}

const indexVariable = 'JOB_COMPLETION_INDEX';

function toldIndex(container: Container): Container {
  const { env = [] } = container;
  if (env.some(({ name }) => name === indexVariable)) return container;
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${completionIndexName}']` };
  return { ...container, env: [...env, { name: indexVariable, valueFrom: { fieldRef } }] };
}
