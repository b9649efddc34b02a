import { html, nothing, type TemplateResult } from 'lit';
import { imageWidth, isPlane } from './datasets.js';
import { nativeCommand } from './run.js';
import type { Session } from './session.js';
import './panels/controls.js';
import './panels/curves.js';
import './panels/data.js';
import './panels/digits.js';
import './panels/keep.js';
import './panels/network.js';
import './panels/plane.js';
import './panels/status.js';
import './panels/training.js';

/** What can be shown of a session, and done to it; each is a custom element that gets what the session knows. */
export const panels = {
  status: ({ state, report, test }: Session) => html`<toydl-status .state=${state} .report=${report} .test=${test}></toydl-status>`,
  controls: ({ state, playing }: Session) => html`<toydl-controls .state=${state} .playing=${playing}></toydl-controls>`,
  samples,
  curves: (session: Session) => html`<toydl-curves .curves=${session.curves} .earlier=${session.earlier} .settings=${session.settings} .classes=${session.dataOfRun.classes}
    .revision=${session.curvesRevision} .epochs=${session.report?.epochs ?? session.settings.epochs}></toydl-curves>`,
  inside: (session: Session) => html`<toydl-inside .watched=${session.watched} .asked=${session.asked} .classNames=${classNames(session)} .samples=${session.data?.testSamples ?? 0}></toydl-inside>`,
  mistakes: (session: Session) => html`<toydl-mistakes .test=${session.test} .classNames=${classNames(session)} .ask=${session.ask}
    .imageWidth=${imageWidth(session.dataOfRun)}></toydl-mistakes>`,
  draw: (session: Session) => html`<toydl-draw .watched=${session.watched} .classNames=${classNames(session)} .imageWidth=${imageWidth(session.dataOfRun)}></toydl-draw>`,
  data: ({ settings, wanted, own, dataset, offered }: Session) => html`<toydl-data .name=${wanted.dataset} .offered=${offered} .own=${own}
    .info=${wanted.dataset === settings.dataset ? dataset : undefined}></toydl-data>`,
  network: ({ wanted, known, build, ask }: Session) => html`<toydl-network .layers=${wanted.layers} .build=${build} .data=${known} .ask=${ask}></toydl-network>`,
  training: ({ wanted }: Session) => html`<toydl-training .settings=${wanted}></toydl-training>`,
  keep: ({ settings, report, offRecord }: Session) => html`<toydl-keep .settings=${settings} .hash=${report?.hash} .command=${nativeCommand(settings)}
    .offRecord=${offRecord}></toydl-keep>`,
} satisfies Record<string, (session: Session) => TemplateResult | typeof nothing>;

export type PanelName = keyof typeof panels;
export const panelNames = Object.keys(panels) as PanelName[];

/** Panels that are fetched when they are looked at. */
const fetched: Partial<Record<PanelName, () => Promise<unknown>>> = {
  draw: () => import('./panels/draw.js'),
  inside: () => import('./panels/inside.js'),
  mistakes: () => import('./panels/mistakes.js'),
};

/** Fetches what these panels need. @throws what the browser says if it cannot be had */
export async function fetchPanels(names: readonly PanelName[]): Promise<void> {
  await Promise.all(names.map((name) => fetched[name]?.()));
}

const classNames = ({ dataset }: Session): readonly string[] => dataset?.classNames ?? [];

/** The samples that are learned from: points of the plane with what is made of it, or pictures; nothing for others. */
function samples(session: Session): TemplateResult | typeof nothing {
  const { dataOfRun: data, settings, playing } = session;
  if (isPlane(data)) {
    return html`<toydl-plane .boundary=${session.boundary} .classNames=${classNames(session)} .ask=${session.ask} .name=${settings.dataset}></toydl-plane>`;
  }
  if (imageWidth(data)) return html`<toydl-digits .digits=${session.digits} .classNames=${classNames(session)} .playing=${playing}></toydl-digits>`;
  return nothing;
}
