import uPlot from 'uplot';
import { short } from './format.js';
import { Resizes } from './resizes.js';

/** How one line of a chart is drawn. */
export interface Line {
  /** The custom property that holds its colour. */
  colour: string;
  /** In CSS pixels. */
  width: number;
  /** Lengths of strokes and gaps, in widths of the line; a line without gaps if left out. */
  dash?: readonly number[];
  /** Marks its points, as long as there are few. */
  points?: boolean;
}

export interface ChartOptions {
  /** Bottom and top of the y axis, for the least and greatest value of all lines. */
  yRange: (min: number, max: number) => [number, number];
  yText: (value: number) => string;
  xLabel?: string;
}

/** In pixels, that for which the widths of lines are meant. */
const textSize = 16;
/** With more of them their marks would be a thick line. */
const fewPoints = 40;
const epochSteps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

/** A chart over epochs that fills its host, follows the host's size, and takes colours and text size from the page. */
export class Chart {
  readonly #host: HTMLElement;
  readonly #options: ChartOptions;
  readonly #resizes = new Resizes(() => this.#fit());
  readonly #theme = matchMedia('(prefers-color-scheme: dark)');
  #plot?: uPlot;
  #fontSize = 0;
  #lines: readonly Line[] = [];
  #epochs = 1;
  #data: uPlot.AlignedData = [[]];

  constructor(host: HTMLElement, options: ChartOptions) {
    this.#host = host;
    this.#options = options;
    this.#resizes.observe(host);
    this.#theme.addEventListener('change', this.#rebuild);
  }

  /**
   * Shows `data`, one list of x and one of y for each line, on an axis of that many epochs. Lines are told apart by their number: as long
   * as there are as many, they are drawn as they were.
   */
  show(lines: readonly Line[], data: uPlot.AlignedData, epochs: number): void {
    const isOther = lines.length !== this.#lines.length;
    this.#lines = lines;
    this.#data = data;
    this.#epochs = epochs;
    if (isOther && this.#plot) this.#rebuild();
    else this.#plot?.setData(data);
  }

  /** What the chart shows now as a picture, in CSS pixels, each of them `ratio` device pixels wide. */
  async picture(width: number, height: number, ratio: number): Promise<HTMLCanvasElement> {
    // uPlot draws at the screen's ratio, so whatever is missing makes the chart larger.
    const scale = ratio / devicePixelRatio;
    const plot = new uPlot(this.#describe(scale * width, scale * height, scale * textSize), this.#data);
    // It draws in a microtask of its own.
    await Promise.resolve();
    plot.destroy();
    return plot.ctx.canvas;
  }

  dispose(): void {
    this.#resizes.disconnect();
    this.#theme.removeEventListener('change', this.#rebuild);
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (width === 0 || height === 0) return;
    if (this.#plot && this.#fontSize === this.#textSize()) this.#plot.setSize({ width, height });
    else this.#rebuild();
  }

  #textSize(): number {
    return Number.parseFloat(getComputedStyle(this.#host).fontSize);
  }

  /** uPlot takes fonts and colours once, when it is made. */
  readonly #rebuild = (): void => {
    this.#plot?.destroy();
    this.#fontSize = this.#textSize();
    this.#plot = new uPlot(this.#describe(this.#host.clientWidth, this.#host.clientHeight, this.#fontSize), this.#data, this.#host);
  };

  /** @param em the size of the page's text, in pixels */
  #describe(width: number, height: number, em: number): uPlot.Options {
    const { yRange, yText, xLabel } = this.#options;
    const style = getComputedStyle(this.#host);
    const colour = (property: string) => style.getPropertyValue(property).trim();
    const axis: uPlot.Axis = {
      stroke: colour('--muted'),
      font: `${0.8125 * em}px ${style.fontFamily}`,
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
    };
    return {
      width,
      height,
      padding: [em * 0.5, em * 0.75, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: () => [0, this.#epochs] },
        y: { range: (_plot, min, max) => yRange(min ?? 0, max ?? 1) },
      },
      axes: [
        {
          ...axis,
          ...(xLabel ? { label: xLabel, labelSize: 1.125 * em, labelFont: axis.font } : {}),
          size: 1.5 * em,
          gap: 0.25 * em,
          space: 2.5 * em,
          incrs: epochSteps,
          values: (_plot, ticks) => ticks.map(short),
        },
        { ...axis, size: 3.25 * em, gap: 0.375 * em, space: 2 * em, values: (_plot, ticks) => ticks.map(yText) },
      ],
      series: [
        {},
        ...this.#lines.map((line) => {
          const lineWidth = line.width * (em / textSize);
          return {
            stroke: colour(line.colour),
            width: lineWidth,
            dash: line.dash?.map((length) => length * lineWidth * devicePixelRatio) ?? [],
            points: { show: (plot: uPlot, series: number) => line.points === true && valuesIn(plot.data[series]!) < fewPoints, size: 0.375 * em, fill: colour(line.colour) },
            spanGaps: true,
          };
        }),
      ],
    };
  }
}

/** Lines share one list of x, so most have no value at many of them. */
const valuesIn = (ys: ArrayLike<number | null | undefined>) => Array.from(ys).reduce<number>((count, y) => count + Number(y != null), 0);
