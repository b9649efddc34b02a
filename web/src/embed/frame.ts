import { shortened } from '../show.js';
import { urlFrom } from './address.js';
import { commandIn, protocolVersion, type FrameMessage } from './frame-protocol.js';
import { attributeNames, eventNames } from './names.js';

// embed.html, after toydl.js: the element alone in a frame. Its settings are in the address, and it tells its parent its height and its events.

/** Addresses of code are nothing that a link may choose. */
const fromAddress = attributeNames.filter((name) => name !== 'wasm-url' && name !== 'worker-url');

const given = new URLSearchParams(location.hash.slice(1));
/** If the address names the parent's origin, nobody else is spoken or listened to; nobody at all if what it names is none. */
const parentNamed = given.get('parent-origin') ?? '*';
const parentOrigin = parentNamed === '*' ? '*' : urlFrom(parentNamed)?.origin;
const isParentKnown = parent !== self && parentOrigin !== undefined && parentOrigin !== 'null';

const playground = document.createElement('toydl-playground');
for (const name of fromAddress) {
  const value = given.get(name);
  if (value !== null) playground.setAttribute(name, value);
}
playground.setAttribute('loading', 'eager');
// Without an origin nothing can be fetched from a plain host: then there is the starter that the script carries.
const hasOrigin = self.origin !== 'null';
if (hasOrigin && !given.has('data-url')) playground.setAttribute('data-url', './data/');
// A worker by its address, where the rules of the host forbid others.
if (hasOrigin) playground.setAttribute('worker-url', './toydl/worker.js');

const tell = (message: FrameMessage): void => {
  if (isParentKnown) parent.postMessage(message, parentOrigin);
};
for (const name of eventNames) {
  playground.addEventListener(name, ({ detail }) => tell({ toydl: protocolVersion, type: name, detail }));
}
// What of the address is of no use is told to the author: the reader could not mend it.
const unknown = [...given.keys()].filter((name) => name !== 'parent-origin' && !fromAddress.some((known) => known === name)).map(shortened);
const complaints = [
  ...(unknown.length > 0 ? [`The address of this frame has ${unknown.slice(0, 3).join(', ')}, and there may be ${fromAddress.join(', ')}, parent-origin.`] : []),
  ...(parent !== self && !isParentKnown ? [`parent-origin is ${shortened(parentNamed)}, which is no origin such as https://your.host: this frame speaks with nobody.`] : []),
];
for (const message of complaints) {
  console.warn(`ToyDL: ${message}`);
  tell({ toydl: protocolVersion, type: 'toydl-error', detail: { code: 'option', message } });
}
addEventListener('message', ({ source, origin, data }) => {
  if (!isParentKnown || source !== parent || (parentOrigin !== '*' && origin !== parentOrigin)) return;
  const command = commandIn(data);
  if (command) void playground[command]();
});
// Another address is another network.
addEventListener('hashchange', () => location.reload());

document.body.replaceChildren(playground);
new ResizeObserver(() => tell({ toydl: protocolVersion, type: 'height', height: Math.ceil(document.documentElement.getBoundingClientRect().height) })).observe(document.documentElement);
