// What `npm start` and `npm run dev` share: their options, and saying the address.
import { parseArgs } from 'node:util';

/** Vite's server options from `--port N` and `--host [address]`. Without a port: 5173, or the next one that is free. */
export function serverOptions(words) {
  const { values } = parseArgs({
    args: words.map((word, i) => (word === '--host' && !/^[^-]/.test(words[i + 1] ?? '') ? '--host=0.0.0.0' : word)),
    options: { port: { type: 'string' }, host: { type: 'string' } },
  });
  const port = values.port === undefined ? 5173 : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`--port ${values.port} is no port number.`);
  return { port, strictPort: values.port !== undefined, host: values.host ?? 'localhost' };
}

export function sayAddress({ local, network }) {
  console.log('\nToyDL is ready. Open this address (Ctrl+C ends it):\n');
  for (const address of [...local, ...network]) console.log(address);
}
