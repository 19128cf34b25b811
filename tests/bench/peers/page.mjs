// What a page and the script that measures it have in common.
const frame = () => new Promise(requestAnimationFrame);

export const offer = {
  async input() {
    const query = new URLSearchParams(location.search);
    const file = query.get('board');

    return { n: Number(query.get('n')), board: file ? await (await fetch(file)).json() : null };
  },
  made(text) {
    window.made = text;
  },
  ready(setView) {
    window.setView = setView;
    // Two frames later the board is on the screen.
    frame().then(frame).then(() => { window.opened = true; });
  },
};

// The scenes of bench-canvas: the time from one frame to the next while the view moves in each.
window.runScene = async (name, frames) => {
  const times = [];
  let x = 900, y = 700, zoom = 1;

  if (name !== 'pan at 100 %') {
    x = 2600;
    y = 1700;
    zoom = name === 'pan at 25 %' ? .25 : name === 'pan at 10 %' ? .1 : .2;
  }
  window.setView(x, y, zoom);
  await frame();
  await frame();
  let last = performance.now();
  for (let i = 1; i <= frames; i++) {
    if (name.startsWith('zoom')) {
      const t = i < frames / 2 ? i : frames - i;

      zoom = .2 * Math.pow(7.5, t / (frames / 2));
    } else {
      x += 12 / zoom;
      y += 3 / zoom;
    }
    window.setView(x, y, zoom);
    await frame();
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times;
};
