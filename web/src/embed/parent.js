// For the page around embed.html: makes each frame of ToyDL as high as what is in it, and passes its events on, as `toydl-report` and the like of the <iframe>.
addEventListener('message', ({ source, data, origin }) => {
  if (data?.toydl !== 1) return;
  for (const frame of document.querySelectorAll('iframe[src*="embed.html"]')) {
    if (source !== frame.contentWindow) continue;
    // A sandbox without `allow-same-origin` takes the origin away.
    const expected = frame.sandbox.length > 0 && !frame.sandbox.contains('allow-same-origin') ? 'null' : new URL(frame.src).origin;
    if (origin !== expected) continue;
    if (data.type === 'height' && data.height > 0 && data.height < 1e4) frame.style.height = data.height + 'px';
    else if (/^toydl-[a-z]+$/.test(data.type)) frame.dispatchEvent(new CustomEvent(data.type, { detail: data.detail, bubbles: true }));
  }
});
