import { html } from 'lit';
import { percent } from './format.js';

/** What a model makes of a sample: a bar for each class. @param label the right one, if it is known */
export function probabilityBars(probabilities: Float32Array | undefined, classNames: readonly string[], label?: number) {
  const best = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1;
  return html`<dl class="probabilities" data-testid="probabilities" data-best=${best}>
    ${classNames.map((name, i) => {
      const probability = probabilities?.[i] ?? 0;
      const kind = i === label ? 'right' : i === best ? 'best' : '';
      return html`<div class=${kind}>
        <dt>${name}</dt>
        <dd><span class="bar" style="inline-size: ${100 * probability}%"></span><span class="value">${probabilities ? percent(probability) : ''}</span></dd>
      </div>`;
    })}
  </dl>`;
}
