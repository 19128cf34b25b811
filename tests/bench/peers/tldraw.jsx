import React from 'react';
import { createRoot } from 'react-dom/client';
import { Tldraw, createShapeId } from 'tldraw';
import 'tldraw/tldraw.css';
import { makeBoard } from './board.mjs';
import { offer } from './page.mjs';

// It waits for its fonts, which it would fetch from its maker: here it gets one of Excalidraw's.
const font = '/fonts/Liberation/LiberationSans-Regular.woff2';
const colors = ['orange', 'light-blue', 'light-violet', 'yellow', 'yellow', 'light-green',
                'violet', 'light-red', 'white', 'grey'];

function make(editor, n) {
  const { stickies, flows } = makeBoard(n);
  const middle = { x: .5, y: .5 };

  editor.createShapes(stickies.map((s, i) => (
    { id: createShapeId(`s${i}`), type: 'geo', x: s.x, y: s.y,
      props: { w: s.w, h: s.h, geo: 'rectangle', color: colors[s.kind], fill: 'solid',
               dash: 'solid', size: 's', font: 'sans', text: s.title } })));
  editor.createShapes(flows.map((f, i) => (
    { id: createShapeId(`f${i}`), type: 'arrow', x: stickies[f.from].x + 80,
      y: stickies[f.from].y + 60, props: { size: 's', dash: 'solid' } })));
  editor.createBindings(flows.flatMap((f, i) => ['start', 'end'].map((terminal) => (
    { type: 'arrow', fromId: createShapeId(`f${i}`),
      toId: createShapeId(`s${terminal === 'start' ? f.from : f.to}`),
      props: { terminal, normalizedAnchor: middle, isExact: false, isPrecise: false } }))));
}

async function main() {
  const { n, board } = await offer.input();

  createRoot(document.getElementById('root')).render(
    <Tldraw
      assetUrls={{ fonts: { draw: font, serif: font, sansSerif: font, monospace: font } }}
      snapshot={board ?? undefined}
      options={{ maxShapesPerPage: 1000000 }}
      cameraOptions={{ zoomSteps: [.01, .1, .25, .5, 1, 2, 4, 8] }}
      onMount={(editor) => {
        if (!board) {
          make(editor, n);
          offer.made(JSON.stringify(editor.getSnapshot()));
          return;
        }
        offer.ready((cx, cy, zoom) => editor.setCamera(
          { x: innerWidth / 2 / zoom - cx, y: innerHeight / 2 / zoom - cy, z: zoom },
          { immediate: true }));
      }} />);
}

main();
