import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sourceAt } from "../../../src/edges/source-url/source.ts";
import { json, startOddServer, type OddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { answers, onset, points, rows, window } from "./pretended.ts";

/** Large answers take long where the machine is busy. */
const patienceMs = 60_000;
const deadline = () => AbortSignal.timeout(patienceMs);
const at = (url: string) => sourceAt({ url, readingTimeoutMs: patienceMs });
const checkout = someService("checkout");
const cart = someService("cart", { environments: [] });

/** All three kinds of one reading. */
async function readFrom(server: OddServer, services = [checkout]) {
  const { metrics, changes, logs } = at(server.url);
  const [series, changed, lines] = await Promise.all([
    metrics.series(services, window, deadline()),
    changes.recent(services, window, deadline()),
    logs.lines(services, window, deadline()),
  ]);
  return { series, changed, lines };
}

async function answered(body: unknown, services = [checkout]) {
  await using server = await startOddServer(answers(body));
  return await readFrom(server, services);
}

describe("what is asked of a source", () => {
  it("is one POST a service and reading, with the window in Unix seconds", async () => {
    await using server = await startOddServer(answers(rows));
    await readFrom(server, [checkout, cart]);
    const told = { from: onset - 3_600, to: onset + 300, onset };
    assert.deepEqual(
      server.asked.map(({ method, path, body }) => [method, path, JSON.parse(body)]),
      [
        ["POST", "/", { service: "checkout", environment: "production", ...told }],
        ["POST", "/", { service: "cart", environment: null, ...told }],
      ],
    );
  });

  it("is asked anew at the next reading", async () => {
    await using server = await startOddServer(answers(rows));
    const { metrics } = at(server.url);
    await metrics.series([checkout], window, deadline());
    await metrics.series([checkout], { ...window }, deadline());
    assert.equal(server.asked.length, 2);
  });

  it("goes to the whole address, with its name and password, which its own name does not tell", async () => {
    await using server = await startOddServer(answers(rows));
    const url = `${server.url.replace("http://", "http://u:secret@")}/csv/?key=secret`;
    const { name, metrics } = at(url);
    await metrics.series([checkout], window, deadline());
    const [asked] = server.asked;
    assert.equal(asked?.path, "/csv/");
    assert.equal(asked?.parameters.get("key"), "secret");
    const basic = `Basic ${Buffer.from("u:secret").toString("base64")}`;
    assert.equal(asked?.headers["authorization"], basic);
    assert.equal(asked?.headers["content-type"], "application/json");
    assert.equal(name, `Source (${new URL(server.url).host}/csv)`);
  });
});

describe("what a source gives", () => {
  it("is series with their query, by kinds that their names tell where it does not", async () => {
    const { series } = await answered({
      series: [
        { ...rows.series[0], query: "p99 of checkout", url: "https://vendor.example/1" },
        rows.series[1],
      ],
    });
    assert.deepEqual(
      series.items.map(({ service, name, kind, source }) => [service, name, kind, source]),
      [
        [
          "checkout",
          "latency_p99",
          "latency",
          { query: "p99 of checkout", unit: "seconds", url: "https://vendor.example/1" },
        ],
        ["checkout", "process_cpu_seconds", "cpu", { query: "process_cpu_seconds" }],
      ],
    );
    assert.deepEqual(series.leftOut, []);
  });

  it("is changes with ids of the source's own, but for commits, which others know as well", async () => {
    const { changed } = await answered(rows);
    const [deploy, commit] = changed.items;
    assert.match(deploy?.id ?? "", /^127001\d+-12$/);
    assert.deepEqual([deploy?.service, deploy?.deploys], ["checkout", ["3f2a91c0"]]);
    assert.equal(commit?.id, "3f2a91c0");
  });

  it("is a change of no service alone where it is told of several", async () => {
    const flag = { id: "new-cart", kind: "flag", at: onset - 60, title: "new-cart on" };
    const { changed } = await answered({ changes: [flag] }, [checkout, cart]);
    assert.deepEqual(
      changed.items.map(({ title, service }) => [title, service]),
      [["new-cart on", undefined]],
    );
  });

  it("says of no kind of change that there was none, but that the service was read", async () => {
    const told = await answered({ changes: [] });
    assert.deepEqual([...(told.changed.whole ?? [])], [["checkout", []]]);
    const silent = await answered({ logs: [] });
    assert.deepEqual([...(silent.changed.whole ?? [])], []);
  });

  it("is log lines, told by their message where they are JSON", async () => {
    const { lines } = await answered(rows);
    assert.deepEqual(
      lines.items.map(({ service, level, text }) => [service, level, text]),
      [
        ["checkout", "info", "GET / answered 200"],
        ["checkout", "error", "pool exhausted, waited 500 ms"],
      ],
    );
  });

  it("is read within the window, changes six hours further back, in the order of time", async () => {
    const early = onset - 20_000;
    const { series, changed, lines } = await answered({
      series: [
        { name: "cpu", points: [...points(1, 2), [early, 1], [onset + 301, 1]].toReversed() },
      ],
      changes: [onset - 30_000, early, onset, onset + 301].map((time) => ({
        id: `c-${time}`,
        at: time,
        title: "t",
      })),
      logs: [early, onset, onset + 301].map((time) => ({ at: time, text: "line" })),
    });
    assert.deepEqual(series.items[0]?.points, points(1, 2));
    assert.deepEqual(
      changed.items.map((change) => change.at),
      [onset, early],
    );
    assert.deepEqual(
      lines.items.map((line) => line.at),
      [onset],
    );
  });
});

describe("what is left out of what a source gives is counted and said", () => {
  it("where there is more than is read", async () => {
    const many = Array.from({ length: 3_500 }, (_, index) => index);
    const { series, changed, lines } = await answered({
      series: [
        { name: "long", points: many.map((index) => [onset - 3_500 + index, 1]) },
        ...many.slice(0, 210).map((index) => ({ name: `m${index}`, points: points(1, 1) })),
      ],
      changes: many
        .slice(0, 201)
        .map((index) => ({ id: `${index}`, at: onset - index, title: "t" })),
      logs: many.map((index) => ({ at: onset - 3_500 + index, text: `line ${index}` })),
    });
    assert.equal(series.items.length, 200);
    assert.deepEqual(series.leftOut, [
      "11 of 211 series of checkout: the limit is 200",
      "the oldest points of 1 series of checkout: the limit is 2,000",
    ]);
    assert.deepEqual(series.items[0]?.points.at(-1)?.[0], onset - 1);
    assert.equal(changed.items.length, 200);
    assert.deepEqual(changed.leftOut, ["1 of 201 changes of checkout: the limit is 200"]);
    assert.deepEqual(lines.leftOut, ["500 of 3,500 log lines of checkout: the limit is 3,000"]);
    const early = lines.items.filter((line) => line.at < onset - 1_750).length;
    assert.equal(early, 1_500, "as thin early as late");
  });

  it("where rows are of another service", async () => {
    const { series, lines } = await answered({
      series: [{ service: "cart", name: "cpu", points: points(1, 2) }, ...rows.series],
      logs: [{ service: "cart", at: onset, text: "line" }],
    });
    assert.equal(series.items.length, 2);
    assert.deepEqual(series.leftOut, [
      "1 series of other services than checkout, which was asked about",
    ]);
    assert.deepEqual(lines.leftOut, [
      "1 log line of other services than checkout, which was asked about",
    ]);
  });

  it("where one service is not answered for, and the other is", async () => {
    await using server = await startOddServer(({ body }, response) => {
      if (body.includes("cart")) response.writeHead(500).end();
      else json(response, rows);
    });
    const { series, changed } = await readFrom(server, [checkout, cart]);
    assert.equal(series.items.length, 2);
    assert.deepEqual(series.leftOut, ["cart, from the source: HTTP 500"]);
    assert.deepEqual(changed.leftOut, series.leftOut);
  });
});
