import { speak, words, type Language } from './index.js';

/** From now on the whole document speaks this, its title too. */
export async function speakHere(name: Language): Promise<void> {
  await speak(name);
  document.documentElement.lang = name;
  document.title = words().app.title;
}
