/** Draws a picture at its own size: black ink, as opaque as its bytes say. In the dark `canvas.ink` turns it white. */
export function drawInk(canvas: HTMLCanvasElement, pixels: Uint8Array | Uint8ClampedArray, width: number): void {
  const image = new ImageData(width, pixels.length / width);
  pixels.forEach((ink, i) => (image.data[4 * i + 3] = ink));
  Object.assign(canvas, { width: image.width, height: image.height });
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}

/** Ink from 0 to 255, row by row from the top. */
export interface Ink {
  pixels: ArrayLike<number>;
  width: number;
  height: number;
}

/** A picture at its own size, to be drawn on a canvas: `colour` where there is ink, transparent where there is none. */
export function inked({ pixels, width, height }: Ink, colour: string): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const image = new ImageData(width, height);
  for (let i = 0; i < pixels.length; i++) image.data[4 * i + 3] = pixels[i]!;
  context.putImageData(image, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return canvas;
}
