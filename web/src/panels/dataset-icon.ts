import { html, svg, type SVGTemplateResult } from 'lit';
import type { DatasetName } from '../datasets.js';

/** A picture of each data set: one class in the colour of the text, a second and third in the two colours. */
const shapes: Record<DatasetName, SVGTemplateResult> = {
  mnist: svg`<path d="M9 8.5c4-1.5 9-1.6 13.5-1-1.5 6-5.5 10.5-7 18M12.5 17.500c3-.8 6-1 9-.6"/>`,
  fashion: svg`<path d="M11.5 6 5 10l2.5 5.500L10 14.200V26h12V14.200l2.5 1.300L27 10l-6.5-4c-1 2.7-8 2.7-9 0z"/>`,
  spiral: svg`<path d="M16 16c-1-4.5 3-8 7-6.500s6 5 4.5 9"/><path class="a" d="M16 16c4.4 1.4 5.4 6.6 2.1 9.300s-7.3 2.7-10 -.6"/>
    <path class="b" d="M16 16c-3.4 3.1-8.4 1.4-9.1-2.800s1.3-7.7 5.5-8.4"/>`,
  moons: svg`<path class="a" d="M5 18.500a8 8 0 0 1 16 0"/><path class="b" d="M11 13.500a8 8 0 0 0 16 0"/>`,
  circles: svg`<circle class="a" cx="16" cy="16" r="10.5"/><circle class="b" cx="16" cy="16" r="4.5"/>`,
  xor: svg`<path class="a fill" d="M17.5 5.500h9v9h-9zM5.5 17.500h9v9h-9z"/><path class="b fill" d="M5.5 5.500h9v9h-9zM17.5 17.500h9v9h-9z"/>`,
  own: svg`<path d="M5 8h22v17H5zM5 13.500h22M5 19h22M12.5 8v17"/><path class="a fill" d="M20 13.500h7V25h-7z"/>`,
};

export const datasetIcon = (name: DatasetName) => html`<svg class="dataset-icon" viewBox="0 0 32 32" aria-hidden="true">${shapes[name]}</svg>`;
