// Runs the traces in Node: `node run.mjs <module> <arithmetic> <threads>`.
const [url, ...args] = process.argv.slice(2);
const lines = [];
const { default: createModule } = await import(url);
const module = await createModule({ print: (line) => lines.push(line) });
module.callMain(args);
process.stdout.write(lines.join('\n'), () => process.exit());
