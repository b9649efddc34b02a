import { missingFeature } from './engine-support.js';
import { Session } from './session.js';
import { settingsFromHash } from './settings.js';

/** One plain sentence in place of the page. */
function showSentence(text: string, testId: string): void {
  const sentence = document.createElement('p');
  sentence.className = 'sentence';
  sentence.dataset.testid = testId;
  sentence.textContent = text;
  document.querySelector('toydl-app')?.replaceChildren(sentence);
}

async function start(): Promise<void> {
  // The worker starts first: engine and data are on their way while the elements are still being fetched.
  const { settings, complaints } = settingsFromHash(location.hash);
  const session = new Session(new URL('data/mnist/', document.baseURI).href, settings);
  const { ToydlApp } = await import('./app.js');
  const app = document.querySelector('toydl-app');
  if (app instanceof ToydlApp) app.show(session, complaints);
}

const missing = missingFeature();
if (missing) {
  showSentence(`ToyDL cannot run here, because this browser lacks ${missing}: please use a current Chrome, Edge, Firefox or Safari.`, 'unsupported');
} else {
  start().catch((error: unknown) => {
    console.error(error);
    showSentence('ToyDL could not be loaded completely: please check the connection and reload the page.', 'not-loaded');
  });
}
