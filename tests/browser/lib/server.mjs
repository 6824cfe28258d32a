// The program under test: started, waited for, stopped. Between two chapters of the year it is started again on the same
// data with a later day, which is how months pass.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";

const PATIENCE_MS = 90_000;

/** A port that is free now; nobody holds it, so a busy machine may still take it away. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export class Server {
  #child;
  #log;

  /** @param {{bin: string, work: string, pg: string, out: string}} places */
  constructor(places) {
    this.places = places;
    this.#log = createWriteStream(path.join(places.out, "program.log"));
  }

  /** The address that a browser opens. Session cookies need HTTPS or localhost. */
  get origin() {
    return `http://localhost:${this.port}`;
  }

  /**
   * Starts the program on a day. The first start lays an untouched year; later ones keep what is there. With `deskRests` each start plays
   * the sample year anew, and the ward's desk does nothing from that day on.
   */
  async start(day, { deskRests } = {}) {
    const first = this.port === undefined || deskRests !== undefined;
    this.port ??= await freePort();
    this.metrics ??= await freePort();
    const data = path.join(this.places.work, "data");
    await mkdir(data, { recursive: true });
    const year = deskRests === undefined ? ["--blank"] : ["--desk-rests", deskRests];
    const flags = ["demo", ...year, "--as-of", day, "--listen", `127.0.0.1:${this.port}`];
    flags.push("--metrics-listen", `127.0.0.1:${this.metrics}`, "--data", data, "--pg", this.places.pg);
    flags.push(first ? "--fresh" : "--keep");
    this.#log.write(`\n== ${flags.join(" ")}\n`);
    this.#child = spawn(this.places.bin, flags, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.pipe(this.#log, { end: false });
    }
    await writeFile(path.join(this.places.work, "program.pid"), `${this.#child.pid}\n`);
    await this.#ready();
  }

  async #ready() {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      if (this.#child.exitCode !== null) {
        throw new Error(`The program ended with status ${this.#child.exitCode}; see ${this.places.out}/program.log`);
      }
      try {
        const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`);
        if (answer.ok) return;
      } catch {
        // not listening yet
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The program was not ready after ${PATIENCE_MS / 1000} s; see ${this.places.out}/program.log`);
  }

  /** Stops it the way a person does, and waits until it and its database are gone. */
  async stop() {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await gone;
    clearTimeout(late);
    await rm(path.join(this.places.work, "program.pid"), { force: true });
  }
}
