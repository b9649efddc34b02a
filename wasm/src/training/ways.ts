import type { Wasm } from '../engine.js';
import type { Way } from './thread.js';

/** A worker that has not said in this time, in milliseconds, that it is alive is none of ours. */
const patience = 30_000;

/**
 * A worker that says that it is alive, and takes a port for each client.
 * @param wasm where its engine is, if it must be told
 */
export const inWorker = (make: () => Worker, wasm?: () => Promise<Wasm>): Way => (signal, onError) =>
  new Promise((resolve, reject) => {
    const worker = make();
    const connect = (): MessagePort => {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ port: port2 }, [port2]);
      return port1;
    };
    const giveUp = (error: unknown): void => {
      clearTimeout(timer);
      worker.terminate();
      reject(error);
    };
    const timer = setTimeout(() => giveUp(new Error('it says nothing')), patience);
    signal.addEventListener('abort', () => giveUp(signal.reason));
    worker.onerror = (event) => {
      event.preventDefault();
      giveUp(new Error(event.message || 'it could not be started'));
    };
    // Its first word: it is alive.
    worker.onmessage = () => {
      clearTimeout(timer);
      worker.onmessage = null;
      worker.onerror = (event) => {
        event.preventDefault();
        onError();
      };
      Promise.resolve(wasm?.()).then((it) => {
        if (it) worker.postMessage({ wasm: it });
        resolve({ place: 'worker', connect });
      }).catch(giveUp);
    };
  });

/** The page's own thread, where no worker may start. Its code is fetched only then. Clients close their ports, and nothing else is held. */
export const onPage = (wasm?: () => Promise<Wasm>): Way => async () => {
  const { hostOnPage } = await import('./on-page.js');
  const host = hostOnPage(async () => wasm?.());
  return {
    place: 'page',
    connect() {
      const { port1, port2 } = new MessageChannel();
      host.open(port2);
      return port1;
    },
  };
};
