// Chromium, which the page's tests run in.
import { isDebianLike } from '../lib/debian.mjs';
import { isExecutable, which } from '../lib/which.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser's program: $CHROMIUM or what is on PATH; null if there is none. */
export function chromiumPath() {
  const told = process.env.CHROMIUM;
  if (told && !isExecutable(told)) throw new Error(`CHROMIUM is ${told}, and that is no program.`);
  return told || which(...names);
}

/** The package to install if there is no browser. */
export function missingPackages() {
  if (chromiumPath()) return [];
  if (isDebianLike()) return ['chromium'];
  throw new Error('The page’s tests need Chromium or Chrome: install one, or name its program in the variable CHROMIUM.');
}
