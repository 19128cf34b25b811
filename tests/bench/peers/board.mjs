// The board that bench-board.h makes: stickies of 160 by 120 in rows, with as many arrows.
const titles = ['Order placed', 'CookStarted by the kitchen', 'Process Order',
                'Payment was created again', 'Who tells the customer?'];
export const N_KINDS = 10;

export function makeBoard(n) {
  const columns = Math.ceil(Math.sqrt(n * 160 / 200));
  const stickies = [], flows = [];

  for (let i = 0; i < n; i++)
    stickies.push({ title: titles[i % titles.length], kind: i % N_KINDS,
                    x: i % columns * 200, y: Math.floor(i / columns) * 160, w: 160, h: 120 });
  for (let i = 0; i < n; i++) {
    // Most to the next, many to the next row, a few far away.
    let to = i % 100 < 70 ? i + 1 : i % 100 < 97 ? i + columns : i + 7 * columns + 3;

    if (to >= n)
      to = i > 0 ? i - 1 : 1;
    flows.push({ from: i, to });
  }
  return { stickies, flows };
}
