import type { Chart, Line } from './chart.js';

interface KeyEntry {
  text: string;
  line: Line;
}

interface Content {
  charts: { title: string; chart: Chart; key: readonly KeyEntry[] }[];
  earlier: { title: string; key: readonly KeyEntry[] };
  footer: string;
}

/** Something as wide as the picture; `draw` puts it at y. */
interface Row {
  height: number;
  draw: (y: number) => void;
}

// In CSS pixels, of which each is `ratio` pixels of the picture wide.
const ratio = 2;
const width = 720;
const chartHeight = 240;
const margin = 20;
const lineHeight = 22;
const swatchWidth = 36;
const fonts = { title: '650 16px', text: '13px', footer: '12px' };

/** A PNG of the charts below one another, their keys and a line of text, in the colours that `host` has. */
export async function curvesPicture(host: Element, { charts, earlier, footer }: Content): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  const style = getComputedStyle(host);
  const colour = (property: string) => style.getPropertyValue(property).trim();
  const inner = width - 2 * margin;

  const write = (text: string, font: string, ink: string, x: number, y: number): number => {
    context.font = `${font} ${style.fontFamily}`;
    context.fillStyle = colour(ink);
    context.fillText(text, x, y + lineHeight / 2);
    return x + context.measureText(text).width;
  };
  const swatch = ({ colour: ink, width: lineWidth, dash = [] }: Line, x: number, y: number): number => {
    context.strokeStyle = colour(ink);
    context.lineWidth = lineWidth;
    context.setLineDash(dash.map((length) => length * lineWidth));
    context.beginPath();
    context.moveTo(x, y + lineHeight / 2);
    context.lineTo(x + swatchWidth - 8, y + lineHeight / 2);
    context.stroke();
    return x + swatchWidth;
  };
  const paragraph = (text: string, font: string, ink: string, indent = 0, mark?: Line): Row[] => {
    context.font = `${font} ${style.fontFamily}`;
    return wrapped(context, text, inner - indent).map((part, i) => ({
      height: lineHeight,
      draw: (y) => {
        if (mark && i === 0) swatch(mark, margin, y);
        write(part, font, ink, margin + indent, y);
      },
    }));
  };
  const head = (title: string, key: readonly KeyEntry[]): Row => ({
    height: lineHeight + 4,
    draw: (y) => {
      let x = write(title, fonts.title, '--ink', margin, y) + 20;
      for (const { text, line } of key) x = write(text, fonts.text, '--muted', swatch(line, x, y), y) + 20;
    },
  });
  const gap: Row = { height: 10, draw: () => {} };

  const rows: Row[] = [];
  for (const { title, chart, key } of charts) {
    const picture = await chart.picture(inner, chartHeight, ratio);
    rows.push(head(title, key), { height: chartHeight, draw: (y) => context.drawImage(picture, margin, y, inner, chartHeight) }, gap);
  }
  if (earlier.key.length > 0) rows.push(...paragraph(earlier.title, fonts.text, '--ink'));
  for (const { text, line } of earlier.key) rows.push(...paragraph(text, fonts.text, '--muted', swatchWidth, line));
  rows.push(gap, ...paragraph(footer, fonts.footer, '--muted'));

  // This clears the canvas and its state: all is drawn after it.
  canvas.width = ratio * width;
  canvas.height = ratio * rows.reduce((sum, { height }) => sum + height, 2 * margin);
  context.scale(ratio, ratio);
  context.textBaseline = 'middle';
  context.fillStyle = colour('--surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  let y = margin;
  for (const { height, draw } of rows) {
    draw(y);
    y += height;
  }
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture of the curves.'))), 'image/png'));
}

/** A text in lines no wider than that. Addresses have no spaces, so lines end also after signs, and in the middle of what is very long. */
function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines = [''];
  for (const piece of text.match(/[^\s,&]{0,60}[\s,&]?/g)!) {
    if (context.measureText(lines.at(-1)! + piece).width > width) lines.push('');
    lines[lines.length - 1] += piece;
  }
  return lines;
}
