import type { Pixels } from './picture';

/** Larger than what is learned from, and small enough for thousands of photographs. */
const largestSide = 512;

/** The pixels of an image file; a large one is made smaller. The browser's part of reading pictures. */
export async function decodeImage(file: File): Promise<Pixels> {
  const bitmap = await createImageBitmap(file);
  try {
    const scale = Math.min(1, largestSide / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}
