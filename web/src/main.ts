import { sourceOf } from './datasets.js';
import { missingFeature } from './engine-support.js';
import { pageThread } from './page-thread.js';
import { Session } from './session.js';
import { differences, settingsFromAddress, settingsFromHash } from './settings.js';
import * as storage from './storage.js';
import { preferredLanguage, words } from './words/index.js';
import { speakHere } from './words/page.js';

/** One plain sentence in place of the page. */
function showSentence(text: string, testId: string): void {
  const sentence = document.createElement('p');
  sentence.className = 'sentence';
  sentence.dataset.testid = testId;
  sentence.textContent = text;
  document.querySelector('toydl-app')?.replaceChildren(sentence);
}

async function start(): Promise<void> {
  const [run, own] = await Promise.all([storage.savedRun(), storage.savedOwnData(), spoken]);
  // A run of before goes on if the address is its address, or says nothing.
  const { settings, complaints } = settingsFromAddress(run && location.hash.length <= 1 ? run.hash : location.hash, own);
  const isSame = run && differences(settingsFromHash(run.hash).settings, settings).length === 0;
  // The worker starts first: engine and data are on their way while the elements are still being fetched.
  const dataUrl = new URL('data/', document.baseURI).href;
  const session = new Session(settings, {
    sourceOf: (name, samples) => sourceOf(name, dataUrl, samples), thread: pageThread(), storage, ...(isSame && { saved: run }), ...(own && { own }),
  });
  const { ToydlApp } = await import('./app.js');
  const app = document.querySelector('toydl-app');
  if (app instanceof ToydlApp) app.show(session, complaints);
}

/** Fetched while what was stored is being read. */
const spoken = speakHere(preferredLanguage());
const missing = missingFeature();
if (missing) {
  await spoken;
  showSentence(words().app.unsupported(missing), 'unsupported');
} else {
  start().catch((error: unknown) => {
    console.error(error);
    showSentence(words().app.notLoaded, 'not-loaded');
  });
}
