// A tool is a module that others import and a program that people start.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StepError } from './steps.mjs';

/** Calls `main` if the module at `moduleUrl` is what Node was started with; explains a failure and exits with 1. */
export async function program(moduleUrl, main) {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== fileURLToPath(moduleUrl)) return;
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (error instanceof StepError) {
      console.error(`\n${error.message}\n\nRunning the same command again goes on from there.`);
    } else {
      console.error(error);
    }
    process.exit(1);
  }
}
