import { html, type SVGTemplateResult } from 'lit';

/** A shape in a square of 16, as high as a letter. */
export const icon = (shape: SVGTemplateResult) => html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`;
