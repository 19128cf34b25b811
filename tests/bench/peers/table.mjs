// table.mjs FILE: what measure.mjs and our own benchmarks printed, as one table.
import { readFileSync } from 'node:fs';

const rows = [];
let ours;

const own = (n) => {
  if (ours?.n !== n) {
    ours = { peer: 'Stormwatch', n, scenes: {} };
    rows.push(ours);
  }
  return ours;
};

for (const line of readFileSync(process.argv[2], 'utf8').split('\n')) {
  if (line.startsWith('{')) {
    rows.push(JSON.parse(line));
    continue;
  }
  const frame = /^\w+, (\d+) stickies, (.*), (p50|p95|all): ([\d.]+) (?:ms|MiB)/.exec(line);
  const open = /^open a board of (\d+): ([\d.]+) ms/.exec(line);
  const memory = /^\w+, (\d+) stickies, memory: ([\d.]+) MiB/.exec(line);

  if (memory)
    own(Number(memory[1])).pss = Number(memory[2]);
  else if (open)
    own(Number(open[1])).open = Number(open[2]);
  else if (frame) {
    const scene = own(Number(frame[1])).scenes[frame[2]] ??= {};
    scene[frame[3] === 'all' ? 'cpu' : frame[3]] = Number(frame[4]);
  }
}

const scenes = [...new Set(rows.flatMap((row) => Object.keys(row.scenes)))];
const show = (value, digits = 1) => value === undefined ? '–' : value.toFixed(digits);
const columns = ['stickies', 'program', ...scenes, 'open, ms', 'memory (PSS), MiB'];

console.log('Of a frame: p50 / p95 / processor time of all processes, ms.\n');
console.log(`| ${columns.join(' | ')} |`);
console.log(`|${columns.map(() => '---').join('|')}|`);
for (const row of rows)
  console.log(`| ${[row.n, row.peer,
    ...scenes.map((name) => {
      const s = row.scenes[name];
      return s ? `${show(s.p50)} / ${show(s.p95)} / ${show(s.cpu)}` : '–';
    }), show(row.open, 0), show(row.pss, 0)].join(' | ')} |`);
