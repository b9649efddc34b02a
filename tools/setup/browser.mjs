// The browsers that tests run in: Chromium for the page, and Firefox and WebKit for the same bits.
import { isDebianLike } from '../lib/debian.mjs';
import { isExecutable, which } from '../lib/which.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser's program: $CHROMIUM or what is on PATH; null if there is none. */
export function chromiumPath() {
  const told = process.env.CHROMIUM;
  if (told && !isExecutable(told)) throw new Error(`CHROMIUM is ${told}, and that is no program.`);
  return told || which(...names);
}

export const firefoxPath = () => which('firefox-esr', 'firefox');

/** WebKitGTK's driver; it needs a screen, for which Xvfb serves. Null if one of them is missing. */
export const webkitDriverPath = () => (which('Xvfb') ? which('WebKitWebDriver') : null);

/** The package to install if there is no Chromium. */
export function missingPackages() {
  if (chromiumPath()) return [];
  if (isDebianLike()) return ['chromium'];
  throw new Error('The page’s tests need Chromium or Chrome: install one, or name its program in the variable CHROMIUM.');
}

/** Those of the other browsers. Where they cannot be installed, tests leave them out, and say so. */
export function missingPackagesOfOthers() {
  if (!isDebianLike()) return [];
  return [...(firefoxPath() ? [] : ['firefox-esr']), ...(webkitDriverPath() ? [] : ['webkit2gtk-driver', 'xvfb'])];
}
