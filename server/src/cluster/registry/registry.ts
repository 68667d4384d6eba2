import type { Agenda } from '../clock/agenda.ts';
import type { Random } from '../clock/random.ts';
import type { Writer } from '../runtime/writer.ts';
import type { Store } from '../store/store.ts';
import type { ApiRequest, ApiResponse } from './request.ts';

export interface RegistryOptions {
  readonly store: Store;
  readonly agenda: Agenda;
  readonly random: Random;
  /** resourceVersion of the commit that woke whoever is writing now; 0 for a request. */
  readonly because: () => number;
}

export class Registry {
  constructor(_options: RegistryOptions) {}

  handle(_request: ApiRequest): ApiResponse {
    throw new Error('not built yet');
  }

  writer(_by: string): Writer {
    throw new Error('not built yet');
  }
}
