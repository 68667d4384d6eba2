import type { MutatingWebhookConfiguration, ValidatingWebhookConfiguration } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const webhookConfigurationCells: CellsOf<MutatingWebhookConfiguration | ValidatingWebhookConfiguration> = (configuration, now) => [
  configuration.metadata.name,
  configuration.webhooks?.length ?? 0,
  ageOf(configuration, now),
];
