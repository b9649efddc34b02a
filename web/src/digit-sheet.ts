import type { Digits } from 'toydl/training/protocol';
import { inked } from './ink.js';

/** Colours and text of a sheet of digits. */
export interface SheetStyle {
  ink: string;
  muted: string;
  wrong: string;
  wrongBackground: string;
  fontFamily: string;
  /** CSS pixels. */
  fontSize: number;
}

/** What the model said of one digit, as the sheet and its text equivalent write it. */
export function verdict(digits: Digits, index: number): { right?: boolean; text: string } {
  const label = digits.labels[index]!;
  const prediction = digits.predictions?.[index];
  if (prediction === undefined) return { text: String(label) };
  return prediction === label ? { right: true, text: `${label} ✓` } : { right: false, text: `${prediction}→${label}` };
}

/** So wide, in CSS pixels, a digit can be read at a glance. */
const legible = 40;

/** Columns that use the width well, when digits may only be enlarged by whole numbers of device pixels, and should be legible. */
function layout(width: number, digitSize: number, gap: number, ratio: number): { columns: number; scale: number } {
  const choices = [8, 6, 7, 9, 10, 5, 4].map((columns) => {
    const scale = Math.max(1, Math.floor((width / columns - gap) / digitSize));
    return { columns, scale, used: (scale * digitSize * columns) / width };
  });
  const fitting = choices.filter(({ used }) => used > 0.7 && used <= 1);
  return fitting.find(({ scale }) => scale * digitSize >= legible * ratio) ?? fitting[0] ?? choices[0]!;
}

/** Of a sheet, as a share of its width. */
const mostHeight = 1.25;

/** Draws the digits on `canvas`, as wide as `width` CSS pixels and as high as they need. */
export function drawDigits(canvas: HTMLCanvasElement, digits: Digits, width: number, style: SheetStyle): void {
  const ratio = devicePixelRatio;
  // Little is needed: MNIST's images have a margin of their own.
  const gap = Math.round(2 * ratio);
  const deviceWidth = Math.floor(width * ratio);
  const { columns, scale } = layout(deviceWidth, digits.width, gap, ratio);
  const size = { width: scale * digits.width, height: scale * digits.height };
  const pitch = Math.floor(deviceWidth / columns);
  // Large where there is room; and a wrong one's three characters must fit into the cell.
  const text = Math.round(Math.min(Math.max(0.8125 * style.fontSize * ratio, pitch / 4), style.fontSize * ratio, pitch / 2.9));
  const rowHeight = size.height + Math.round(1.85 * text) + gap;
  // Whole rows only, and hardly higher than wide.
  const rows = Math.max(1, Math.min(Math.floor(digits.labels.length / columns), Math.floor((mostHeight * deviceWidth) / rowHeight)));
  const count = rows * columns;
  const deviceHeight = rowHeight * rows;

  // Assigning a canvas' size clears it and is slow, so only when it differs.
  if (canvas.width !== deviceWidth || canvas.height !== deviceHeight) {
    canvas.width = deviceWidth;
    canvas.height = deviceHeight;
    canvas.style.height = `${deviceHeight / ratio}px`;
  }
  const context = canvas.getContext('2d')!;
  context.clearRect(0, 0, deviceWidth, deviceHeight);
  context.imageSmoothingEnabled = false;
  context.textAlign = 'center';
  context.textBaseline = 'middle';

  // All below one another.
  const strip = inked({ ...digits, height: digits.height * digits.labels.length }, style.ink);
  for (let i = 0; i < Math.min(count, digits.labels.length); i++) {
    const left = (i % columns) * pitch;
    const top = Math.floor(i / columns) * rowHeight;
    const { right, text: words } = verdict(digits, i);
    const wrong = right === false;
    if (wrong) {
      const line = Math.max(1, Math.round(2 * ratio));
      context.beginPath();
      context.roundRect(left + line / 2, top + line / 2, pitch - gap / 2 - line, rowHeight - gap / 2 - line, 5 * ratio);
      context.fillStyle = style.wrongBackground;
      context.fill();
      context.lineWidth = line;
      context.strokeStyle = style.wrong;
      context.stroke();
    }
    const x = left + Math.round((pitch - gap / 2 - size.width) / 2);
    const y = top + Math.round(gap / 2);
    context.drawImage(strip, 0, i * digits.height, digits.width, digits.height, x, y, size.width, size.height);
    context.font = `${wrong ? 700 : 400} ${text}px ${style.fontFamily}`;
    context.fillStyle = wrong ? style.wrong : style.muted;
    context.fillText(words, left + (pitch - gap / 2) / 2, y + size.height + 0.8 * text);
  }
}
