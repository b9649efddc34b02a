import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/**
 * A page of a piece of the page alone, from its sources, in one file of HTML.
 * @param script beside this file, what the page runs
 * @param body what is in it before that
 */
export async function piecePage(script: string, body: string): Promise<string> {
  const input = fileURLToPath(new URL(script, import.meta.url));
  const { output } = (await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', rolldownOptions: { input } },
  })) as Rolldown.RolldownOutput;
  const entry = output.find((file) => file.type === 'chunk' && file.isEntry) as Rolldown.OutputChunk;
  const style = output.find(({ fileName }) => fileName.endsWith('.css')) as Rolldown.OutputAsset;
  return `<!doctype html>
    <html lang="en">
      <meta name="viewport" content="width=device-width">
      <title>A piece</title>
      <style>${style.source}</style>
      ${body}
      <script type="module">${entry.code}</script>
    </html>`;
}
