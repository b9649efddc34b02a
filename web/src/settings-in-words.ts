import { differences, settingOf, type SettingKey, type Settings } from './settings.js';
import { words } from './words/index.js';

const longest = 24;

/** What another run differs in, one phrase each: `Learning rate: 0.1 → 0.01`. */
export function changesInWords(from: Settings, to: Settings): string[] {
  return differences(from, to).map((key) => {
    const [before, after] = [from, to].map((settings) => valueInWords(key, settings));
    const { changed, changedLayers } = words().pending;
    if (key === 'layers' && (before!.length > longest || after!.length > longest)) return changedLayers;
    return changed(words().settings[key].label, shortened(before!), shortened(after!));
  });
}

function valueInWords(key: SettingKey, settings: Settings): string {
  const { data, settings: said } = words();
  if (key === 'dataset') return data.names[settings.dataset];
  if (key === 'initializer' && settings.initializer === '') return said.initializer.none;
  return settingOf(key).format(settings[key]).replaceAll(',', ', ');
}

const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);
