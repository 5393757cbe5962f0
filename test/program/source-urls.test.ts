import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startProduct, type Settings } from "../../bench/product.ts";
import { freshDatabase } from "../database.ts";
import { json, startOddServer } from "../edges/odd-server.ts";
import { ana, patienceMs, startRunning } from "./running.ts";

const adapter = fileURLToPath(new URL("../../docs/csv-source.mjs", import.meta.url));

/** A folder with these files, which goes in the end. */
async function folderWith(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "hindsight-csv-"));
  for (const [name, text] of Object.entries(files)) {
    // oxlint-disable-next-line no-await-in-loop -- a handful of files
    await writeFile(join(folder, name), text);
  }
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The documents' example on a free port, as its readers start it. */
async function startAdapter(folder: string) {
  const child = spawn(process.execPath, [adapter, folder, "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = await once(createInterface({ input: child.stdout }), "line");
  return {
    url: String(url),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await once(child, "close");
    },
  };
}

const catalog = "services:\n  - { name: checkout, environments: [production] }\n";

/** Checkout got slow twelve minutes ago, two minutes after a deploy. */
function slowCheckout() {
  const now = Math.floor(Date.now() / 1000);
  const onset = now - 720;
  const times = Array.from({ length: 240 }, (_, index) => now - 3_600 + index * 15);
  const series = times.map((at, index) => {
    const usual = at < onset ? 0.4 : 4.1;
    return `checkout,latency_p99,latency,seconds,${at},${usual * (1 + (index % 3) / 100)}`;
  });
  const line = (at: number, text: string): string =>
    `checkout,${new Date(at * 1000).toISOString()},error,${text}`;
  return {
    "catalog.yaml": catalog,
    "series.csv": ["service,name,kind,unit,time,value", ...series].join("\n"),
    "changes.csv": [
      "service,id,kind,time,environment,title",
      `checkout,d-812,deploy,${onset - 120},production,Ship v42, with retries`,
      `cart,d-811,deploy,${onset - 120},production,Ship the cart`,
    ].join("\r\n"),
    "logs.csv": [
      "service,time,level,text",
      `checkout,${now - 3_000},info,listening`,
      ...Array.from({ length: 40 }, (_, index) =>
        line(onset + index * 10, `pool exhausted, waited ${index + 400} ms`),
      ),
    ].join("\n"),
  };
}

describe("what SOURCE_URLS names", () => {
  test("is read for an incident: the example's CSV files become findings, and so does every kind of them", async () => {
    await using files = await folderWith(slowCheckout());
    await using source = await startAdapter(files.folder);
    const settings = { SOURCE_URLS: source.url, CATALOG: join(files.folder, "catalog.yaml") };
    await using running = await startRunning(settings);
    const slack = running.serving.local()?.workspace;
    if (slack === undefined) throw new Error("the local workspace did not open");
    const { id } = slack.createChannel({ name: "inc-1-checkout-latency", by: ana });
    const { text } = await slack.waitFor(
      () => slack.messages(id).find((message) => message.text.includes("What is known")),
      patienceMs,
    );
    assert.match(text, /p99 of checkout 0\.4\d? s → 4\.\d+ s/);
    assert.match(text, /deploy "Ship v42, with retries"/);
    assert.match(text, /new log line of checkout, 40× .*pool exhausted, waited &lt;n&gt; ms/);
    assert.doesNotMatch(text, /Not read|Ship the cart/);
  });

  test("is a gap, told once with its first wrong field, where the answer makes no sense", async () => {
    await using files = await folderWith({ "catalog.yaml": catalog });
    await using source = await startOddServer((_asked, response) =>
      json(response, { series: [{ name: "m", kind: "speed" }] }),
    );
    const settings = { SOURCE_URLS: source.url, CATALOG: join(files.folder, "catalog.yaml") };
    await using running = await startRunning(settings);
    const slack = running.serving.local()?.workspace;
    if (slack === undefined) throw new Error("the local workspace did not open");
    const { id } = slack.createChannel({ name: "inc-1-checkout-latency", by: ana });
    const { text } = await slack.waitFor(
      () => slack.messages(id).find((message) => message.text.includes("Not read")),
      patienceMs,
    );
    assert.match(
      text,
      /Source \(127\.0\.0\.1:\d+\) \(not what a source answers: series\.0\.kind: /,
    );
    assert.equal(text.split("Source (").length, 2, text);
  });

  test("is asked about each service by doctor, which says what came, what is wrong and the mend", async () => {
    await using database = await freshDatabase();
    await using files = await folderWith(slowCheckout());
    await using source = await startAdapter(files.folder);
    await using strict = await startOddServer((_asked, response) => json(response, {}, 401));
    const doctor = async (settings: Settings) => {
      await using product = await startProduct({ DATABASE_URL: database.url, ...settings }, [
        "doctor",
      ]);
      const status = await product.ended();
      return { status, lines: product.output().trim().split("\n") };
    };
    const CATALOG = join(files.folder, "catalog.yaml");
    const SOURCE_URLS = `${source.url}, ${strict.url}/x`;
    const { status, lines } = await doctor({ CATALOG, SOURCE_URLS });
    const told = lines.filter((line) => line.includes("Source ("));
    assert.match(
      told[0] ?? "",
      /^ok {3}Source \(127\.0\.0\.1:\d+\), checkout: 1 series, 1 change, 41 log lines in the last hour$/,
    );
    assert.match(
      told[1] ?? "",
      /^FAIL Source \(127\.0\.0\.1:\d+\/x\), checkout: HTTP 401, .*not accepted \(see SOURCE_URLS, and docs\/sources\.md/,
    );
    assert.doesNotMatch(lines.join("\n"), /Metrics: none/);
    assert.equal(status, 1);
    const bare = await doctor({ SOURCE_URLS: source.url });
    assert.match(
      bare.lines.join("\n"),
      /FAIL Source .* no service is known \(name them in the catalog\)/,
    );
  });
});
