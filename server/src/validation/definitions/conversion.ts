// How objects get from one version to another.
import type { CustomResourceConversion } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const strategies = ['None', 'Webhook'];

export function validateConversion(conversion: CustomResourceConversion | undefined, at: Path, errors: FieldErrors): void {
  if (!conversion) return;
  const { strategy, webhook } = conversion;
  if (!strategy) errors.required(at.child('strategy'));
  else if (!strategies.includes(strategy)) errors.notSupported(at.child('strategy'), strategy, strategies);
  if (strategy !== 'Webhook') {
    if (webhook?.clientConfig) errors.forbidden(at.child('webhookClientConfig'), 'should not be set when strategy is not set to Webhook');
    if (webhook?.conversionReviewVersions?.length)
      errors.forbidden(at.child('conversionReviewVersions'), 'should not be set when strategy is not set to Webhook');
    return;
  }
  const config = webhook?.clientConfig;
  if (!config) errors.required(at.child('webhookClientConfig'), 'required when strategy is set to Webhook');
  else if ((config.url === undefined) === (config.service === undefined)) {
    errors.required(at.child('webhookClientConfig'), 'exactly one of url or service is required');
  }
  const reviewed = webhook?.conversionReviewVersions ?? [];
  if (reviewed.length === 0) errors.required(at.child('conversionReviewVersions'));
  else if (!reviewed.some((version) => version === 'v1' || version === 'v1beta1')) {
    errors.invalid(at.child('conversionReviewVersions'), reviewed, 'must include at least one of v1, v1beta1');
  }
}
