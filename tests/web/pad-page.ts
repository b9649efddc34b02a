import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** A page of the pad and the steps alone, from their sources, in one piece of HTML. */
export async function padPage(): Promise<string> {
  const input = fileURLToPath(new URL('pad-demo.ts', import.meta.url));
  const { output } = (await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', rolldownOptions: { input } },
  })) as Rolldown.RolldownOutput;
  const script = output.find((file) => file.type === 'chunk' && file.isEntry) as Rolldown.OutputChunk;
  const style = output.find(({ fileName }) => fileName.endsWith('.css')) as Rolldown.OutputAsset;
  return `<!doctype html>
    <html lang="en">
      <meta name="viewport" content="width=device-width">
      <title>The pad</title>
      <style>
        ${style.source}
        main { max-width: 18rem; }
        #steps { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.5rem; }
      </style>
      <main><toydl-pad></toydl-pad><div id="steps"></div></main>
      <script type="module">${script.code}</script>
    </html>`;
}
