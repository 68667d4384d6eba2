// Properties are tried with the same inputs on every run, so that a change and not chance turns a test red. Others: SEED=123 npx vitest run
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['SEED'] ?? 1) });
