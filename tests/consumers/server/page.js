import 'toydl/element';

/** The page, wherever it is made. */
export const html = ({ firstWeights }) => `<!doctype html>
<meta charset="utf-8" />
<title>ToyDL from a server</title>
<toydl-playground layers="784,50,10" learning-rate="0.1" epochs="1" autoplay>A network that learns to read digits.</toydl-playground>
<p>Weights before training, as the server has them: <output id="server">${firstWeights}</output>, and the reader: <output id="ready"></output></p>
<p>Weights after an epoch: <output id="epoch"></output></p>
<script type="module" src="./client.js"></script>
`;

/** Brings the page to life, in a browser. */
export function hydrate(root) {
  const playground = root.querySelector('toydl-playground');
  for (const name of ['ready', 'epoch']) {
    playground.addEventListener(`toydl-${name}`, ({ detail }) => {
      root.querySelector(`#${name}`).textContent = detail.hash;
    });
  }
}
