/** A colour in bytes. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour as a pixel of an ImageData, which a Uint32Array sees back to front. @param alpha its opacity, from 0 to 255 */
export const pixelOf = ([red, green, blue]: Rgb, alpha: number): number => ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** The colours of some custom properties, however the stylesheet writes them. */
export function coloursOf(style: CSSStyleDeclaration, properties: readonly string[]): Rgb[] {
  const context = (normalizer ??= document.createElement('canvas').getContext('2d')!);
  return properties.map((property) => {
    context.fillStyle = style.getPropertyValue(property).trim();
    const number = Number.parseInt(context.fillStyle.slice(1), 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  });
}
/** Gives back any colour as #rrggbb. */
let normalizer: CanvasRenderingContext2D | undefined;
