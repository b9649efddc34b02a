// A page of a lesson alone. Its steps follow what the lesson asks, and it is told from outside what is reached.
import first from '../../web/lessons/first-network.json';
import { lessonFrom } from '../../web/src/lesson/lesson.js';
import { ToydlLesson } from '../../web/src/panels/lesson.js';
import '../../web/src/style.css';
import { speak, type Language } from '../../web/src/words/index.js';

const panel = new ToydlLesson();
panel.lesson = lessonFrom(first);
panel.addEventListener('toydl-lesson-step', (event) => (panel.step = (event as CustomEvent<number>).detail));

const reached = new Set<number>();
panel.reached = reached;

Object.assign(window, {
  reach: (step: number) => {
    reached.add(step);
    panel.reached = reached;
  },
  speak: async (language: Language) => {
    await speak(language);
    panel.requestUpdate();
  },
});
document.querySelector('main')!.append(panel);
