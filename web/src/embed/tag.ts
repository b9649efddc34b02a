import { definePlayground, type LoadPlayer } from './playground.js';

// `<toydl-playground>` as a small classic script, which fetches toydl.js beside it when it is needed. Browsers ask no host's leave for
// classic scripts, so it works from anywhere, in any page.

/** This script; known only now, while it runs for the first time. */
const { src: here = '', nonce = '' } = (document.currentScript ?? {}) as Partial<HTMLScriptElement>;

let loading: ReturnType<LoadPlayer> | undefined;

definePlayground(() => (loading ??= fetchPlayer().catch((error: unknown) => {
  loading = undefined;
  throw error;
})));

async function fetchPlayer(): ReturnType<LoadPlayer> {
  const script = document.createElement('script');
  script.src = new URL('toydl.js', here).href;
  script.nonce = nonce;
  document.head.append(script);
  return new Promise((resolve, reject) => {
    script.onload = () => resolve((globalThis as unknown as { toydl: Awaited<ReturnType<LoadPlayer>> }).toydl);
    script.onerror = () => reject(new Error(`${script.src} is not there`));
  });
}
