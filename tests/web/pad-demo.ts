// What the page of piece-page.ts runs: the pad, and the steps from each drawing to the network's pixels.
import '../../web/src/style.css';
import '../../web/src/draw/draw.css';
import '../../web/src/draw/pad.js';
import type { Drawing } from '../../web/src/draw/pad.js';
import { preprocess } from '../../web/src/draw/preprocess.js';
import { drawSteps } from '../../web/src/draw/steps.js';

const steps = document.querySelector<HTMLElement>('#steps')!;
document.addEventListener('pad-change', (event) => {
  const drawing = (event as CustomEvent<Drawing>).detail;
  drawSteps(steps, drawing, preprocess(drawing), ['The ink', 'Scaled', 'In the middle']);
});
