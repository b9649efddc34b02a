import { html, render } from 'lit';
import { inked } from '../ink.js';
import { digitSize, fieldSize, type GreyImage, type Preprocessed } from './preprocess.js';

/** Each pixel of the network's is so many of a canvas, so that it is seen as a square. */
const pixel = 10;
const canvasSize = pixel * fieldSize;

/**
 * Draws into `host` what `preprocess` made of a drawing, three figures: the drawing with the box around its ink; what was in the box,
 * scaled into 20 × 20; the 28 × 28 pixels that the network reads, with the middle marked. They are empty while there is no ink.
 * Colours are those of the page at the moment, so draw again when they change.
 */
export function drawSteps(host: HTMLElement, drawing: GreyImage, steps: Preprocessed | undefined, captions: readonly [string, string, string]): void {
  render(captions.map((caption) => html`<figure class="step"><canvas aria-hidden="true"></canvas><figcaption>${caption}</figcaption></figure>`), host);
  const style = getComputedStyle(host);
  const [ink, accent] = ['--ink', '--accent'].map((name) => style.getPropertyValue(name).trim()) as [string, string];
  const [cropping, scaling, placing] = [...host.querySelectorAll('canvas')].map((canvas) => {
    canvas.width = canvas.height = canvasSize;
    const context = canvas.getContext('2d')!;
    context.strokeStyle = accent;
    context.lineWidth = 3;
    return context;
  }) as [CanvasRenderingContext2D, CanvasRenderingContext2D, CanvasRenderingContext2D];
  if (!steps) return;
  const { crop, scaled, placed } = steps;

  const scale = canvasSize / Math.max(drawing.width, drawing.height);
  cropping.drawImage(inked(drawing, ink), 0, 0, scale * drawing.width, scale * drawing.height);
  cropping.strokeRect(scale * crop.x, scale * crop.y, scale * crop.width, scale * crop.height);

  // Pixels are as large as they will be in the third figure.
  scaling.imageSmoothingEnabled = placing.imageSmoothingEnabled = false;
  const margin = (pixel * (fieldSize - digitSize)) / 2;
  const place = (size: number) => margin + pixel * Math.floor((digitSize - size) / 2);
  scaling.drawImage(inked(scaled, ink), place(scaled.width), place(scaled.height), pixel * scaled.width, pixel * scaled.height);
  scaling.strokeRect(margin, margin, pixel * digitSize, pixel * digitSize);

  placing.drawImage(inked(placed, ink), 0, 0, canvasSize, canvasSize);
  // A cross in the pixel in which the centre of mass is.
  const centre = pixel * (fieldSize / 2 + 0.5);
  const arm = 2 * pixel;
  placing.beginPath();
  placing.moveTo(centre - arm, centre);
  placing.lineTo(centre + arm, centre);
  placing.moveTo(centre, centre - arm);
  placing.lineTo(centre, centre + arm);
  placing.stroke();
}
