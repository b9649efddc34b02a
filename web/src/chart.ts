import uPlot from 'uplot';

/** How one line of a chart is drawn. */
export interface Line {
  /** The custom property that holds its colour. */
  colour: string;
  /** In CSS pixels. */
  width: number;
  points?: boolean;
}

export interface ChartOptions {
  lines: Line[];
  /** Bottom and top of the y axis for the least and greatest value of all lines, and the values of the first. */
  yRange: (min: number, max: number, values: readonly number[]) => [number, number];
  yText: (value: number) => string;
  xLabel?: string;
}

const epochSteps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

/** A chart over epochs that fills its host, follows the host's size, and takes colours and text size from the page. */
export class Chart {
  readonly #host: HTMLElement;
  readonly #options: ChartOptions;
  readonly #resizes = new ResizeObserver(() => this.#fit());
  readonly #theme = matchMedia('(prefers-color-scheme: dark)');
  #plot?: uPlot;
  #fontSize = 0;
  #epochs = 1;
  #data: uPlot.AlignedData = [[]];

  constructor(host: HTMLElement, options: ChartOptions) {
    this.#host = host;
    this.#options = options;
    this.#resizes.observe(host);
    this.#theme.addEventListener('change', this.#rebuild);
  }

  /** Shows `data`, one list of x and one of y for each line, on an axis of that many epochs. */
  show(data: uPlot.AlignedData, epochs: number): void {
    this.#data = data;
    this.#epochs = epochs;
    this.#plot?.setData(data);
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
    if (this.#plot && this.#fontSize === rootFontSize()) this.#plot.setSize({ width, height });
    else this.#rebuild();
  }

  /** uPlot takes fonts and colours once, when it is made. */
  readonly #rebuild = (): void => {
    this.#plot?.destroy();
    this.#fontSize = rootFontSize();
    this.#plot = new uPlot(this.#describe(), this.#data, this.#host);
  };

  #describe(): uPlot.Options {
    const { lines, yRange, yText, xLabel } = this.#options;
    const style = getComputedStyle(this.#host);
    const colour = (property: string) => style.getPropertyValue(property).trim();
    const em = this.#fontSize;
    const axis: uPlot.Axis = {
      stroke: colour('--muted'),
      font: `${0.8125 * em}px ${style.fontFamily}`,
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
    };
    return {
      width: this.#host.clientWidth,
      height: this.#host.clientHeight,
      padding: [em * 0.5, em * 0.75, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: () => [0, this.#epochs] },
        y: { range: (_plot, min, max) => yRange(min ?? 0, max ?? 1, (this.#data[1] ?? []) as number[]) },
      },
      axes: [
        {
          ...axis,
          ...(xLabel ? { label: xLabel, labelSize: 1.125 * em, labelFont: axis.font } : {}),
          size: 1.5 * em,
          gap: 0.25 * em,
          space: 2.5 * em,
          incrs: epochSteps,
          values: (_plot, ticks) => ticks.map(String),
        },
        { ...axis, size: 3.25 * em, gap: 0.375 * em, space: 2 * em, values: (_plot, ticks) => ticks.map(yText) },
      ],
      series: [
        {},
        ...lines.map((line) => ({
          stroke: colour(line.colour),
          width: line.width * (em / 16),
          points: { show: line.points ?? false, size: 0.375 * em, fill: colour(line.colour) },
          spanGaps: true,
        })),
      ],
    };
  }
}

const rootFontSize = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
