import { usualLearningRate } from '../configs.js';
import { dataOf, datasetNames, type DatasetName } from '../datasets.js';
import { presetFor } from '../presets.js';
import { defaultSettings, settingOf, settingsFromTexts, settingsTable, type Settings } from '../settings.js';
import { shortened } from '../show.js';
import { words } from '../words/index.js';
import type { AttributeName, Attributes } from './names.js';

/** Data sets that a stranger's page can have: all but the visitor's own samples. */
export const embeddable: readonly DatasetName[] = datasetNames.filter((name) => name !== 'own');

/** The settings that have an attribute of the same name. */
const keysOfSettings = ['layers', 'initializer', 'optimizer', 'learningRate', 'schedule', 'batchSize', 'epochs', 'seed'] as const;
export const namesOfSettings = keysOfSettings.map((key) => settingsTable[key].name as AttributeName);

/** Layers that may stand in the place of ReLU. */
const activations = ['ReLU', 'LeakyReLU', 'Sigmoid', 'Tanh', 'GELU'];

/** The names in a list with spaces or commas. */
export const namesIn = (text = ''): string[] => text.split(/[\s,]+/).filter((name) => name !== '');

/** Those of the names that are known, in their order; the others are complained of. */
export function among<Name extends string>(attribute: AttributeName, names: readonly string[], known: readonly Name[], complaints: string[]): Name[] {
  return [...new Set(names)].flatMap((name) => {
    const found = known.find((candidate) => candidate === name);
    if (found === undefined) complaints.push(words().address.refused(attribute, shortened(name), words().player.among(known.join(', '))));
    return found === undefined ? [] : [found];
  });
}

/** Settings as an author means them: what is left out suits what is there. */
export function settingsFrom(attributes: Attributes, complaints: string[]): Settings {
  const only = (name: AttributeName, known: readonly string[]) => among(name, namesIn(attributes[name]), known, complaints)[0];
  const dataset = (only('dataset', embeddable) as DatasetName | undefined) ?? 'mnist';
  const autoplay = attributes.autoplay !== undefined && !/^(0|false)$/.test(attributes.autoplay);
  const texts = namesOfSettings.flatMap((name) => (attributes[name] === undefined ? [] : [[name, attributes[name]] as const]));
  const usual = { ...defaultSettings(), ...presetFor('mlp', dataOf(dataset)), dataset, autoplay };
  const { settings, complaints: more } = settingsFromTexts(texts, usual);
  complaints.push(...more);
  // Another optimizer wants another learning rate.
  if (settings.optimizer !== usual.optimizer && attributes['learning-rate'] === undefined) settings.learningRate = usualLearningRate(settings.optimizer) ?? settings.learningRate;
  const activation = only('activation', activations);
  if (activation !== undefined) settings.layers = settings.layers.map((layer) => (layer.type === 'ReLU' ? { type: activation } : layer));
  return settings;
}

/** The attributes that these settings stand for, without most that say what holds anyway. */
export function attributesFrom(settings: Settings): Attributes {
  const attributes: Attributes = { dataset: settings.dataset, layers: settingsTable.layers.format(settings.layers) };
  const usual = settingsFrom(attributes, []);
  for (const key of keysOfSettings) {
    const { name, format } = settingOf(key);
    if (format(settings[key]) !== format(usual[key])) attributes[name as AttributeName] = format(settings[key]);
  }
  // Without it a learning rate is that which is usual for the optimizer.
  if (attributes.optimizer !== undefined) attributes['learning-rate'] = settingsTable.learningRate.format(settings.learningRate);
  return attributes;
}
