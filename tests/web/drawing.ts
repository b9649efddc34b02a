import type { Page } from 'playwright-core';
import type { Point } from './strokes.js';

/** Draws strokes (in sides of the canvas, 0 to 1) with the mouse on the canvas that `selector` finds. */
export async function draw(page: Page, selector: string, strokes: readonly (readonly Point[])[]): Promise<void> {
  const canvas = page.locator(selector);
  await canvas.scrollIntoViewIfNeeded();
  const { x: left, y: top, width, height } = (await canvas.boundingBox())!;
  const moveTo = ({ x, y }: Point) => page.mouse.move(left + x * width, top + y * height);
  for (const stroke of strokes) {
    await moveTo(stroke[0]!);
    await page.mouse.down();
    for (const point of stroke.slice(1)) await moveTo(point);
    await page.mouse.up();
  }
}
