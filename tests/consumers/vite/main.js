import 'toydl/element';
import { train } from './train.js';

document.querySelector('toydl-playground').addEventListener('toydl-epoch', ({ detail }) => {
  document.querySelector('#epoch').textContent = detail.hash;
});
train(document.querySelector('#step'));
