import { html, nothing, svg } from 'lit';
import type { LayerView, ParameterView } from 'toydl/training/protocol';
import { descriptorOf } from '../configs.js';
import { imageWidth } from '../datasets.js';
import { count, magnitude } from '../format.js';
import { filterTiles, matrixTiles, outputTiles, templateTiles, type Tiles } from '../heat.js';
import '../heat-picture.js';
import { middleOf, outlineOf, summarize } from '../summaries.js';
import { words } from '../words/index.js';

/** What happens in a layer: what it gives for the sample, and the parameters from which it does. @param inputs numbers of the sample */
export function layerBody(layer: LayerView, inputs: number) {
  const said = words().inside;
  const { dead, parameters } = layer;
  return html`
    <p class="hint">${descriptorOf('layers', layer.type)?.doc}</p>
    ${outputPicture(layer)}
    ${dead && html`<p data-testid="dead" class="dead ${dead.dead > 0 ? 'some' : ''}">${said.dead(count(dead.dead), count(dead.units), count(dead.samples))}</p>
      ${dead.dead > 0 ? html`<p class="hint">${said.deadHint}</p>` : nothing}`}
    ${parameters.length > 0 ? parameterTable(parameters) : nothing}
    ${parameters.map((parameter) => weightPicture(parameter, layer, inputs))}`;
}

function outputPicture({ shape, values }: LayerView) {
  const said = words().inside;
  const tiles = outputTiles(shape, values);
  const { least, greatest, zeros, top } = summarize(values);
  const range = said.range(magnitude(least), magnitude(greatest));
  const label = shape.length === 1
    ? said.vector(count(values.length), range, count(zeros), count(top + 1))
    : imagesInWords(tiles, values.length / (tiles.width * tiles.height), range);
  return html`<figure>
    <figcaption><h4>${said.output}</h4> <span class="hint">${range}</span></figcaption>
    <toydl-heat data-testid="output" .tiles=${tiles} .label=${label}></toydl-heat>
  </figure>`;
}

function imagesInWords({ count: shown, width, height }: Tiles, all: number, range: string): string {
  const said = words().inside;
  return said.images(said.imageCount(shown, all), count(width), count(height), range);
}

function parameterTable(parameters: readonly ParameterView[]) {
  const said = words().inside;
  return html`<table>
    <caption class="visually-hidden">${said.parameters}</caption>
    <thead><tr>
      <th scope="col">${said.parameter}</th>
      <th scope="col"><abbr title=${said.normHint}>${said.norm}</abbr></th>
      <th scope="col"><abbr title=${said.normHint}>${said.gradNorm}</abbr></th>
      <th scope="col">${said.values}</th>
    </tr></thead>
    <tbody>${parameters.map(({ name, shape, norm, gradNorm, histogram }) => html`<tr>
      <th scope="row">${name} <span class="hint">[${shape.join(', ')}]</span></th>
      <td>${magnitude(norm)}</td>
      <td data-testid="grad-norm">${magnitude(gradNorm)}</td>
      <td>${histogramPicture(histogram)}</td>
    </tr>`)}</tbody>
  </table>`;
}

const histogramHeight = 14;

/** Bars from the least to the greatest value, with a line at 0. */
function histogramPicture(histogram: ParameterView['histogram']) {
  const [low, high] = middleOf(histogram, 1);
  const [from, to] = middleOf(histogram, 0.8);
  const bins = histogram.counts.length;
  return html`<svg class="histogram" role="img" viewBox="0 0 ${bins} ${histogramHeight}" preserveAspectRatio="none"
    aria-label=${words().inside.spread(magnitude(low), magnitude(high), magnitude(from), magnitude(to))}>
    ${svg`<path d=${outlineOf(histogram, histogramHeight)} /><line x1=${bins / 2} x2=${bins / 2} y1="0" y2=${histogramHeight} />`}
  </svg>`;
}

/** The weights as pictures, where the parameter came with them. */
function weightPicture({ name, shape, values }: ParameterView, layer: LayerView, inputs: number) {
  if (!values) return nothing;
  const said = words().inside;
  const { tiles, hint, all, marked } = pictured(shape, values, layer, inputs);
  const { least, greatest } = summarize(values);
  const range = said.range(magnitude(least), magnitude(greatest));
  return html`<figure>
    <figcaption><h4>${name}</h4> <span class="hint">${range}</span></figcaption>
    <toydl-heat data-testid="weights" .tiles=${tiles} .label=${imagesInWords(tiles, all, range)} .marked=${marked}></toydl-heat>
    <p class="hint">${hint}</p>
  </figure>`;
}

function pictured(shape: readonly number[], values: Float32Array, layer: LayerView, inputs: number): { tiles: Tiles; hint: string; all: number; marked?: number } {
  const said = words().inside;
  if (shape.length === 4) {
    const [out, channels] = shape as [number, number, number, number];
    return { tiles: filterTiles(shape as [number, number, number, number], values), hint: said.filters, all: out * channels };
  }
  const matrix = shape as [number, number];
  const width = imageWidth({ inputs, classes: 0 });
  // Whole rows of pixels, and more than one: so it looks at the sample, or at stripes of it.
  if (width && matrix[1] % width === 0 && matrix[1] > width) {
    const marked = summarize(layer.values).top % matrix[0];
    const tiles = templateTiles(matrix, values, width);
    return { tiles, hint: said.templates(count(marked + 1), marked < tiles.count), all: matrix[0], marked };
  }
  return { tiles: matrixTiles(matrix, values), hint: said.matrix(matrix[0] >= matrix[1]), all: 1 };
}
