/** Draws a picture at its own size: black ink, as opaque as its bytes say. In the dark `canvas.ink` turns it white. */
export function drawInk(canvas: HTMLCanvasElement, pixels: Uint8Array | Uint8ClampedArray, width: number): void {
  const image = new ImageData(width, pixels.length / width);
  pixels.forEach((ink, i) => (image.data[4 * i + 3] = ink));
  Object.assign(canvas, { width: image.width, height: image.height });
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}
