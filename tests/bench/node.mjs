// A process of its own for ToyDL in Node: `node node.mjs <package> <options as JSON>`; takes { workload, ms } and answers with samples
// per second.
import { start } from './toydl.js';

const [folder, options] = process.argv.slice(2);
const subject = await start(await import(folder), JSON.parse(options));
process.on('message', async ({ workload, ms }) => {
  try {
    process.send({ result: await subject.measure(workload, ms) });
  } catch (error) {
    process.send({ error: String(error) });
  }
});
process.send({ result: 'ready' });
