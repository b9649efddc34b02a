import type { Page } from 'playwright-core';
import type { Point } from './strokes.js';

/**
 * Draws strokes (in sides of the canvas, 0 to 1) with the mouse on the canvas that `selector` finds. The mouse goes down and up;
 * the moves between are told to the canvas all at once, for the browser takes a frame for each real one.
 */
export async function draw(page: Page, selector: string, strokes: readonly (readonly Point[])[]): Promise<void> {
  const canvas = page.locator(selector);
  await canvas.scrollIntoViewIfNeeded();
  const { x: left, y: top, width, height } = (await canvas.boundingBox())!;
  for (const stroke of strokes) {
    const points = stroke.map(({ x, y }) => ({ clientX: left + x * width, clientY: top + y * height }));
    const [first, last] = [points[0]!, points.at(-1)!];
    await page.mouse.move(first.clientX, first.clientY);
    await page.mouse.down();
    await canvas.evaluate((element, moves) => {
      for (const move of moves) element.dispatchEvent(new PointerEvent('pointermove', { ...move, pointerId: 1, pointerType: 'mouse', buttons: 1, bubbles: true }));
    }, points);
    await page.mouse.move(last.clientX, last.clientY);
    await page.mouse.up();
  }
}
