// measure.mjs PEER N [FRAMES]: one JSON line with what the peer does on the board of N stickies.
import { createServer } from 'node:http';
import { readFile, readdir, writeFile, access, mkdir, rm, mkdtemp } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

const [peer, n, frames = '60'] = process.argv.slice(2);
const scenes = ['pan at 100 %', 'pan at 25 %', 'pan at 10 %', 'zoom by a pinch, 20 to 150 %'];
const out = join('out', peer);
const types = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
                '.html': 'text/html', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
const ticks = Number(execFileSync('getconf', ['CLK_TCK']));

const median = (list, part = .5) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// All processes below @root, which may come and go.
async function tree(root) {
  const parents = new Map();

  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid))
      continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      parents.set(Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch { /* gone */ }
  }
  const found = new Set([root]);
  for (let grown = true; grown;) {
    grown = false;
    for (const [pid, parent] of parents)
      if (found.has(parent) && !found.has(pid)) {
        found.add(pid);
        grown = true;
      }
  }
  return [...found];
}

async function cpuMs(root) {
  let sum = 0;

  for (const pid of await tree(root))
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      sum += Number(fields[11]) + Number(fields[12]);
    } catch { /* gone */ }
  return sum * 1000 / ticks;
}

// Proportional set size: what is shared is counted once among those who share it.
async function pssMiB(root) {
  let sum = 0;

  for (const pid of await tree(root))
    try {
      sum += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
    } catch { /* gone */ }
  return sum / 1024;
}

async function bundle() {
  await mkdir(out, { recursive: true });
  await build({ entryPoints: [`${peer}.jsx`], bundle: true, splitting: true, format: 'esm',
                outdir: out, minify: true, logLevel: 'error', conditions: ['production'],
                define: { 'process.env.NODE_ENV': '"production"', 'process.env.IS_PREACT': '"false"' },
                loader: { '.woff2': 'file', '.svg': 'file' } });
  await writeFile(join(out, 'index.html'), `<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="${peer}.css"><style>html, body, #root { margin: 0; height: 100% }</style>
<script>window.EXCALIDRAW_ASSET_PATH = '/'</script>
<div id="root"></div><script type="module" src="${peer}.js"></script>`);
}

function serve() {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;

    for (const folder of [out, 'node_modules/@excalidraw/excalidraw/dist/prod'])
      try {
        const data = await readFile(join(folder, path === '/' ? 'index.html' : path));
        response.setHeader('content-type', types[extname(path)] ?? 'text/html');
        response.end(data);
        return;
      } catch { /* the next folder */ }
    response.statusCode = 404;
    response.end();
  });

  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

async function start(profile) {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? 'chromium', headless: true, userDataDir: profile,
    protocolTimeout: 600000, defaultViewport: { width: 1280, height: 800 },
    // Without a GPU, and without waiting for a screen: the frames are as long as the work takes.
    args: ['--no-sandbox', '--disable-gpu', '--disable-frame-rate-limit', '--disable-gpu-vsync',
           '--disable-extensions', '--disable-background-networking', '--disable-sync',
           '--window-size=1280,800'],
  });
}

const server = await serve();
const base = `http://127.0.0.1:${server.address().port}/`;
const profile = await mkdtemp(join(tmpdir(), 'canvas-peers-'));
const file = `board-${n}.json`;
let browser;

try {
  await bundle();
  try {
    await access(join(out, file));
  } catch {
    browser = await start(profile);
    const page = await browser.newPage();
    await page.goto(`${base}?n=${n}`);
    await page.waitForFunction('window.made', { timeout: 600000 });
    await writeFile(join(out, file), await page.evaluate('window.made'));
    await browser.close();
  }

  browser = await start(profile);
  const root = browser.process().pid;
  const page = await browser.newPage();
  // Once before, so that the browser has the program in its cache, as people's have.
  await page.goto(`${base}?n=${n}&board=${file}`);
  await page.waitForFunction('window.opened', { timeout: 600000 });
  await page.goto('about:blank');
  await sleep(1000);

  const began = performance.now();
  await page.goto(`${base}?n=${n}&board=${file}`, { waitUntil: 'domcontentloaded' });
  await page.waitForFunction('window.opened', { timeout: 600000, polling: 'raf' });
  const result = { peer, n: Number(n), open: performance.now() - began, scenes: {} };

  await sleep(2000);
  for (const scene of scenes) {
    await page.evaluate((name) => window.runScene(name, 5), scene);
    await sleep(500);
    const before = await cpuMs(root);
    const times = await page.evaluate((name, count) => window.runScene(name, count), scene,
                                      Number(frames));
    // What is drawn late belongs to it.
    await sleep(500);
    result.scenes[scene] = { p50: median(times), p95: median(times, .95),
                             cpu: (await cpuMs(root) - before) / times.length };
    if (process.env.PICTURES)
      await page.screenshot({ path: join(process.env.PICTURES, `${peer}-${n}-${scene.replace(/\W+/g, '-')}.png`) });
  }
  result.pss = await pssMiB(root);
  console.log(JSON.stringify(result));
} finally {
  await browser?.close();
  server.close();
  await rm(profile, { recursive: true, force: true });
}
