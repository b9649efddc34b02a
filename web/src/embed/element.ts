import { definePlayground } from './playground.js';

// `<toydl-playground>` as a small module, which imports the rest when it is needed.

definePlayground(() => import('./player.js'));

export { ToydlPlayground, type PlaygroundEvents } from './playground.js';
