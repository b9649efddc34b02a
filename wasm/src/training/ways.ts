import type { Wasm } from '../engine.js';
import type { Way } from './thread.js';

/**
 * A worker that says that it is alive, and takes a port for each client.
 * @param wasm where its engine is, if it must be told
 */
export const inWorker = (make: () => Worker, wasm?: () => Promise<Wasm>): Way => (onError) =>
  new Promise((resolve, reject) => {
    const worker = make();
    const connect = (): MessagePort => {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ port: port2 }, [port2]);
      return port1;
    };
    const giveUp = (error: unknown): void => {
      worker.terminate();
      reject(error);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      giveUp(new Error(event.message || 'it could not be started'));
    };
    // Its first word: it is alive.
    worker.onmessage = () => {
      worker.onmessage = null;
      worker.onerror = (event) => {
        event.preventDefault();
        onError();
      };
      Promise.resolve(wasm?.()).then((it) => {
        if (it) worker.postMessage({ wasm: it });
        resolve({ place: 'worker', connect, close: () => worker.terminate() });
      }).catch(giveUp);
    };
  });

/** The page's own thread, where no worker may start. Its code is fetched only then. */
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
    // Clients close their ports, and nothing else is held.
    close() {},
  };
};
