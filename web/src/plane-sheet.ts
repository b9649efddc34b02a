import type { Boundary } from 'toydl/training/protocol';
import type { Rgb } from './colours.js';
import { regionPixels, type Points } from './plane-numbers.js';

/** The mark of each class, of about radius 1 around 0: so that none is told by its colour alone. Further classes share them. */
export const marks = [
  'M-0.9,0A0.9,0.9,0,1,1,0.9,0A0.9,0.9,0,1,1,-0.9,0Z',
  'M-0.8,-0.8H0.8V0.8H-0.8Z',
  'M0,-1.1L1.05,0.8H-1.05Z',
  'M0,-1.2L1.2,0L0,1.2L-1.2,0Z',
  'M0,1.1L1.05,-0.8H-1.05Z',
  'M-0.35,-1.05H0.35V-0.35H1.05V0.35H0.35V1.05H-0.35V0.35H-1.05V-0.35H-0.35Z',
];

/** Colours and text of the plane. */
export interface PlaneStyle {
  /** One for each mark. */
  classes: readonly Rgb[];
  surface: string;
  line: string;
  muted: string;
  fontFamily: string;
  /** Device pixels, as all lengths here. */
  fontSize: number;
  ratio: number;
}

/** Where the square is on the canvas, and points on it. */
interface Plot {
  left: number;
  size: number;
  x: (value: number) => number;
  y: (value: number) => number;
}

/** Draws the square, how the model divides it among `count` classes, and points, on a canvas of `width` × `width`. */
export function drawPlane(canvas: HTMLCanvasElement, boundary: Boundary, count: number, points: Points | undefined, width: number, style: PlaneStyle): void {
  // Assigning a canvas' size is slow, so only when it differs.
  if (canvas.width !== width) canvas.width = canvas.height = width;
  const context = canvas.getContext('2d')!;
  const { low, high } = boundary;
  const left = Math.round(1.75 * style.fontSize);
  const size = width - left;
  const along = (value: number) => ((value - low) / (high - low)) * size;
  const plot: Plot = { left, size, x: (value) => left + along(value), y: (value) => size - along(value) };

  context.clearRect(0, 0, width, width);
  context.save();
  context.beginPath();
  context.rect(left, 0, size, size);
  context.clip();
  drawRegions(context, boundary, count, plot, style);
  drawAxes(context, plot, style);
  if (points) drawPoints(context, points, plot, style);
  context.restore();
  drawTicks(context, boundary, plot, style);
}

const regionCanvas = document.createElement('canvas');

function drawRegions(context: CanvasRenderingContext2D, boundary: Boundary, count: number, { left, size }: Plot, { classes }: PlaneStyle): void {
  regionCanvas.width = regionCanvas.height = boundary.size;
  const pixels = new Uint8ClampedArray(regionPixels(boundary, count, classes).buffer);
  regionCanvas.getContext('2d')!.putImageData(new ImageData(pixels, boundary.size, boundary.size), 0, 0);
  // The points of the grid are the middles of its pixels, and the outer ones lie on the edge of the square.
  const cell = size / (boundary.size - 1);
  context.drawImage(regionCanvas, left - cell / 2, -cell / 2, cell * boundary.size, cell * boundary.size);
}

function drawAxes(context: CanvasRenderingContext2D, { left, size, x, y }: Plot, { line, ratio }: PlaneStyle): void {
  context.strokeStyle = line;
  context.lineWidth = ratio;
  context.beginPath();
  context.rect(left + ratio / 2, ratio / 2, size - ratio, size - ratio);
  context.moveTo(x(0), 0);
  context.lineTo(x(0), size);
  context.moveTo(left, y(0));
  context.lineTo(left + size, y(0));
  context.stroke();
}

function drawPoints(context: CanvasRenderingContext2D, { values, labels }: Points, { size, x, y }: Plot, { classes, surface, ratio }: PlaneStyle): void {
  const radius = Math.max(3 * ratio, size / 120);
  const shapes = marks.map((mark) => ({ mark: new Path2D(mark), all: new Path2D() }));
  labels.forEach((label, i) => {
    const { mark, all } = shapes[label % shapes.length]!;
    all.addPath(mark, { a: radius, d: radius, e: x(values[2 * i]!), f: y(values[2 * i + 1]!) });
  });
  context.strokeStyle = surface;
  context.lineWidth = 2.5 * ratio;
  shapes.forEach(({ all }, i) => {
    context.fillStyle = `rgb(${classes[i]!.join(' ')})`;
    // The outlines below: where points are dense, they would hide them.
    context.stroke(all);
    context.fill(all);
  });
}

function drawTicks(context: CanvasRenderingContext2D, { low, high }: Boundary, { left, size, x, y }: Plot, { muted, fontFamily, fontSize }: PlaneStyle): void {
  const beside = left - 0.375 * fontSize;
  const below = size + 0.875 * fontSize;
  const write = (text: string, align: CanvasTextAlign, atX: number, atY: number) => {
    context.textAlign = align;
    context.fillText(text, atX, atY);
  };
  context.fillStyle = muted;
  context.font = `${0.8125 * fontSize}px ${fontFamily}`;
  context.textBaseline = 'middle';
  for (let tick = Math.ceil(low); tick <= high; tick++) {
    const text = String(tick).replace('-', '−');
    write(text, 'center', x(tick), below);
    write(text, 'end', beside, y(tick));
  }
  write('x₁', 'end', left + size, below);
  write('x₂', 'end', beside, 0.625 * fontSize);
}
