import React from 'react';
import { createRoot } from 'react-dom/client';
import { Excalidraw, convertToExcalidrawElements } from '@excalidraw/excalidraw';
import '@excalidraw/excalidraw/index.css';
import { makeBoard } from './board.mjs';
import { offer } from './page.mjs';

const colors = ['#ffa94d', '#74c0fc', '#c4a1e0', '#fff3a3', '#ffec66', '#d8f5a2', '#eebefa',
                '#f06595', '#ffffff', '#e9ecef'];

function make(n) {
  const { stickies, flows } = makeBoard(n);
  const skeleton = stickies.map((s, i) => (
    { type: 'rectangle', id: `s${i}`, x: s.x, y: s.y, width: s.w, height: s.h,
      backgroundColor: colors[s.kind], fillStyle: 'solid', roughness: 0, strokeWidth: 1,
      label: { text: s.title, fontSize: 16 } }));

  for (const [i, f] of flows.entries()) {
    const a = stickies[f.from], b = stickies[f.to];
    const x = a.x + 80, y = a.y + 60;

    skeleton.push({ type: 'arrow', id: `f${i}`, x, y, points: [[0, 0], [b.x + 80 - x, b.y + 60 - y]],
                    roughness: 0, strokeWidth: 2, start: { id: `s${f.from}` },
                    end: { id: `s${f.to}` } });
  }
  return convertToExcalidrawElements(skeleton, { regenerateIds: false });
}

async function main() {
  const { n, board } = await offer.input();

  if (!board) {
    offer.made(JSON.stringify(make(n)));
    return;
  }
  createRoot(document.getElementById('root')).render(
    <Excalidraw
      initialData={{ elements: board, appState: { theme: 'light' }, scrollToContent: false }}
      excalidrawAPI={(api) => {
        const wait = () => {
          if (api.getSceneElements().length < n * 2)
            return requestAnimationFrame(wait);
          offer.ready((cx, cy, zoom) => api.updateScene({ appState: {
            zoom: { value: zoom }, scrollX: innerWidth / 2 / zoom - cx,
            scrollY: innerHeight / 2 / zoom - cy } }));
        };

        wait();
      }} />);
}

main();
