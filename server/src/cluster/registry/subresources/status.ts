// The status of an object, apart from the rest of it.
import { handleGet } from '../verbs/get.ts';
import type { VerbHandler } from '../verbs/handler.ts';
import { patchPart } from '../verbs/patch.ts';
import { replacePart } from '../verbs/update.ts';

export const getStatus = handleGet;

export const updateStatus: VerbHandler = (context, strategy, request, warnings) => replacePart(context, strategy, request, 'status', warnings);

export const patchStatus: VerbHandler = (context, strategy, request, warnings) => patchPart(context, strategy, request, 'status', warnings);
