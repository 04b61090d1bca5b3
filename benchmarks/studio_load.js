"use strict";
// What the studio takes while much goes on at once, in a folder that goes with the program.
//
// usage: node benchmarks/studio_load.js [--trainings 8] [--viewers 20] [--seconds 90]     memory of the server: trainings and viewers at once
//        node benchmarks/studio_load.js --watched [--rounds 6] [--updates 20000]          a training that is watched beside one that is not
//        node benchmarks/studio_load.js --open                                            1,000 runs, and a run of a million lines
//
// It wants the command and the tests of the studio built (dotnet build -c Release), whose Playwright it takes, and a Chromium.
const { spawn, spawnSync, execFileSync } = require("node:child_process");
const crypto = require("node:crypto"), fs = require("node:fs"), os = require("node:os"), path = require("node:path");
const root = path.join(__dirname, ".."), built = path.join("bin", "Release", "net10.0");
const { chromium } = require(path.join(root, "tests", "Attractor.Studio.Tests", built, ".playwright", "package"));
const command = ["dotnet", path.join(root, "src", "Attractor.Cli", built, "Attractor.Cli.dll")];
const words = process.argv.slice(2);
const value = (name, usual) => words.includes(name) ? Number(words[words.indexOf(name) + 1]) : usual;
const pause = seconds => new Promise(resolve => setTimeout(resolve, 1000 * seconds));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "attractor-load-"));
const children = [];

const start = (args, options = {}) => {
  const child = spawn(command[0], [...command.slice(1), ...args], { cwd: folder, stdio: ["ignore", "pipe", "ignore"], ...options });
  children.push(child);
  return child;
};
const run = (...args) => execFileSync(command[0], [...command.slice(1), ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
const network = ["--hidden", "10", "--sequence", "25", "--batch", "8", "--smooth", "no", "--start", "random", "--select-every", "0",
  "--verdict", "no", "--quiet"];

async function studio() {
  const server = start(["studio", ".", "--port", "0", "--json"]);
  let text = "";
  for await (const part of server.stdout) {
    text += part;
    if (text.includes("\n}")) break;
  }
  return { server, url: JSON.parse(text).url };
}

// Drawing is the browser's work, not the server's: twenty browsers on one machine need not do it.
const noDrawing = "window.Plotly = { react: div => { div.on ??= () => {}; return Promise.resolve(); }, relayout: () => Promise.resolve() };";

async function browser(url, draws) {
  const chrome = await chromium.launch({
    executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(fs.existsSync),
    args: ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  const context = await chrome.newContext({ viewport: { width: 1200, height: 900 } });
  if (!draws) await context.route("**/plotly.js", route => route.fulfill({ contentType: "text/javascript", body: noDrawing }));
  context.setDefaultTimeout(300_000);
  const first = await context.newPage();
  await first.goto(url);
  return { chrome, context, first };
}

const status = (pid, key) => Number(fs.readFileSync(`/proc/${pid}/status`, "utf8").match(new RegExp(`^${key}:\\s+(\\d+) kB`, "m"))[1]) / 1024;
const ticks = pid => { const f = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" "); return (Number(f[11]) + Number(f[12])) / 100; };

async function memory() {
  const trainings = value("--trainings", 8), viewers = value("--viewers", 20), seconds = value("--seconds", 90);
  run("simulate", "lorenz63", "--steps", "20000", "-o", "lorenz.npy");
  const { server, url } = await studio();
  const empty = status(server.pid, "VmRSS");
  for (let i = 1; i <= trainings; i++)
    start(["train", "shplrnn", "lorenz.npy", "--updates", "100000000", "--checkpoint-every", "200", "--seed", `${i}`, "-o", `runs/net-${i}`, ...network]);
  while (![...Array(trainings).keys()].every(i => fs.existsSync(path.join(folder, `runs/net-${i + 1}/checkpoint/state.safetensors`)))) await pause(1);
  const { chrome, context, first } = await browser(url, false);
  const pages = [first];
  while (pages.length < viewers) pages.push(await context.newPage());
  const where = i => i % 5 === 4 ? "/" : i % 5 === 3 ? `/compare?run=runs/net-1&run=runs/net-${2 + i % (trainings - 1)}` : `/run/runs/net-${1 + i % trainings}`;
  for (const [i, page] of pages.entries()) await page.goto(new URL(where(i), url).href);
  const grown = async () => Promise.all(pages.map((p, i) => i % 5 < 3 ? p.locator("#regrown").innerText() : ""));
  const before = await grown(), busy = ticks(server.pid);
  await pause(seconds);
  const after = await grown(), cores = (ticks(server.pid) - busy) / seconds;
  console.log(JSON.stringify({
    trainings, viewers, seconds, server_mb_before: Math.round(empty), server_mb_at_the_end: Math.round(status(server.pid, "VmRSS")),
    server_mb_peak: Math.round(status(server.pid, "VmHWM")), server_cores: Number(cores.toFixed(3)),
    pages_that_followed: after.filter((text, i) => i % 5 < 3 && text !== before[i]).length, pages_of_runs: after.filter((_, i) => i % 5 < 3).length,
  }, null, 1));
  await chrome.close();
}

// The same training in turn with and without a page that looks at it.
async function watched() {
  const rounds = value("--rounds", 6), updates = value("--updates", 20000);
  run("simulate", "lorenz63", "--steps", "20000", "-o", "lorenz.npy");
  // The browser is no part of what is asked: it, the studio and this script have the cores after the first, the training that one.
  const isApart = os.cpus().length > 1 && spawnSync("taskset", ["-cap", `1-${os.cpus().length - 1}`, `${process.pid}`]).status === 0;
  const { url } = await studio();
  const { chrome, context, first } = await browser(url, false);
  const seen = { true: [], false: [] }, sums = new Set();
  for (let round = 0; round < rounds; round++)
    for (const isWatched of round % 2 ? [true, false] : [false, true]) {
      const name = `runs/${isWatched ? "watched" : "alone"}-${round}`;
      const began = process.hrtime.bigint();
      const training = start(["train", "shplrnn", "lorenz.npy", "--updates", `${updates}`, "--checkpoint-every", "20000", "-o", name, ...network]);
      if (isApart) spawnSync("taskset", ["-cap", "0", `${training.pid}`]);
      let cpu = 0;
      const timer = setInterval(() => { try { cpu = ticks(training.pid); } catch { /* It has ended. */ } }, 20);
      const ended = new Promise(resolve => training.on("exit", resolve));
      if (isWatched) {
        while (!fs.existsSync(path.join(folder, name, "config.json"))) await pause(0.05);
        await first.goto(new URL("/run/" + name, url).href);
      }
      await ended;
      clearInterval(timer);
      seen[isWatched].push({ seconds: Number(process.hrtime.bigint() - began) / 1e9, cpu });
      if (isWatched) await first.goto("about:blank");
      sums.add(crypto.createHash("md5").update(fs.readFileSync(path.join(folder, name, "model.safetensors"))).digest("hex"));
    }
  const ratio = key => seen.true.map((w, i) => w[key] / seen.false[i][key]).sort((a, b) => a - b);
  const median = list => (list[Math.floor((list.length - 1) / 2)] + list[Math.ceil((list.length - 1) / 2)]) / 2;
  const short = list => list.map(v => Number(v.toFixed(3)));
  console.log(JSON.stringify({
    rounds, updates, cores_apart: isApart, same_bits: sums.size === 1, md5: [...sums],
    seconds_watched_over_alone: Number(median(ratio("seconds")).toFixed(3)), of_each_round: short(ratio("seconds")),
    cpu_watched_over_alone: Number(median(ratio("cpu")).toFixed(3)), cpu_of_each_round: short(ratio("cpu")),
    seconds_alone: short(seen.false.map(s => s.seconds)),
  }, null, 1));
  await chrome.close();
  await context.close().catch(() => {});
}

async function open() {
  const add = (name, lines) => {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    fs.writeFileSync(path.join(folder, name, "config.json"), JSON.stringify({ format: 1, model: "shplrnn", data: "gone.npy", updates: 1e6, parameters: 609 }));
    const file = fs.openSync(path.join(folder, name, "metrics.jsonl"), "w");
    for (let i = 1; i <= lines; i += 10_000)
      fs.writeSync(file, Array.from({ length: Math.min(10_000, lines - i + 1) }, (_, k) =>
        JSON.stringify({ update: i + k, loss: i + k === 654321 ? 99 : 1 + Math.random(), learning_rate: 0.001, seconds: 1.5 }) + "\n").join(""));
    fs.closeSync(file);
  };
  for (let i = 0; i < 1000; i++) add(`group-${i % 10}/run-${i}`, 20);
  add("long", 1_000_000);
  const { server, url } = await studio();
  const { chrome, first } = await browser(url, true);
  await first.locator(".runs tbody tr").first().waitFor();
  const timed = async (address, ready) => {
    const times = [], processor = [];
    for (let i = 0; i < 5; i++) {
      await first.goto(new URL("/new", url).href);
      await first.locator(".drop").waitFor();
      const began = performance.now(), busy = ticks(server.pid);
      await first.goto(new URL(address, url).href);
      await ready();
      times.push(Math.round(performance.now() - began));
      processor.push(Math.round(1000 * (ticks(server.pid) - busy)));
    }
    return { ms: times, server_processor_ms: processor };
  };
  // What any page takes here: the same scripts, and nothing to show.
  const nothing = await timed("/missing", () => first.getByText("There is nothing here").waitFor());
  const list = await timed("/", () => first.locator(".runs tbody tr").nth(99).waitFor());
  const shown = await first.locator("span[role=status]").innerText();
  const long = await timed("/run/long", () => first.locator("section[aria-label=Training] .plot[data-drawn]").first().waitFor());
  const caption = await first.locator("section[aria-label=Training] figcaption").first().innerText();
  console.log(JSON.stringify({ nothing, list, list_says: shown, long_run: long, long_run_says: caption, server_mb_peak: Math.round(status(server.pid, "VmHWM")) }, null, 1));
  await chrome.close();
}

(async () => {
  try {
    await (words.includes("--watched") ? watched() : words.includes("--open") ? open() : memory());
  } finally {
    for (const child of children) if (child.exitCode === null) child.kill("SIGKILL");
    await pause(0.5);
    fs.rmSync(folder, { recursive: true, force: true });
  }
})();
