/** The width of samples of so many numbers as square images; undefined if they are none. */
export function imageWidth(size: number): number | undefined {
  const width = Math.sqrt(size);
  return Number.isInteger(width) && width >= 8 ? width : undefined;
}
