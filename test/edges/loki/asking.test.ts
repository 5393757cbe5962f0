import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { diagnose } from "../../../src/evidence/diagnose.ts";
import { logsOnLoki } from "../../../src/edges/loki/logs.ts";
import type { Window } from "../../../src/flows/ports.ts";
import { startOddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { everySeconds, loki, onset, window } from "./pretended.ts";

const deadline = () => AbortSignal.timeout(60_000);
const selected = someService("checkout", { logsSelector: 'app="checkout"' });
const selector = '{app="checkout"}';

async function readFrom(behave: ReturnType<typeof loki>, asked: Window = window) {
  const server = await startOddServer(behave);
  await using _ = server;
  const logs = logsOnLoki({ name: "Loki", key: "", url: server.url });
  const reading = await logs.lines([selected], asked, deadline());
  const ranges = server.asked.filter(({ path }) => path.endsWith("/query_range"));
  return { ...reading, ranges, server };
}

describe("what is asked of Loki", () => {
  it("is the catalog's selector, before and after the onset, in nanoseconds and within 5,000 lines", async () => {
    const { ranges } = await readFrom(loki({ lines: {} }));
    assert.equal(ranges.length, 4);
    const edges = ranges.flatMap(({ parameters }) => [
      parameters.get("start"),
      parameters.get("end"),
    ]);
    assert.ok(edges.includes(`${onset.getTime()}000000`));
    assert.ok(edges.includes(`${window.from.getTime()}000000`));
    assert.ok(edges.includes(`${window.to.getTime()}000000`));
    const limits = ranges.map(({ parameters }) => Number(parameters.get("limit")));
    assert.ok(limits.reduce((sum, each) => sum + each, 0) <= 5_000);
    for (const { parameters } of ranges) {
      assert.equal(parameters.get("query"), selector);
      assert.match(parameters.get("direction") ?? "", /^(forward|backward)$/);
    }
  });

  it("is a whole query where the catalog has one, filters included", async () => {
    await using server = await startOddServer(loki({ lines: {} }));
    const query = '{app="checkout"} |= "order"';
    const logs = logsOnLoki({ name: "Loki", key: "", url: server.url });
    await logs.lines([someService("c", { logsSelector: query })], window, deadline());
    assert.equal(server.asked[0]?.parameters.get("query"), query);
  });

  it("is the label that names the service, where the catalog has no selector", async () => {
    const lines = { '{app="Cart"}': everySeconds(60, "POST /cart answered 200") };
    const labels = { service_name: ["unknown_service", "payments"], app: ["Cart", "other"] };
    await using server = await startOddServer(loki({ lines, labels }));
    const logs = logsOnLoki({ name: "Loki", key: "", url: server.url });
    const services = [someService("cart"), someService("nowhere")];
    const { items, leftOut } = await logs.lines(services, window, deadline());
    assert.equal(items.length, 65);
    assert.ok(items.every(({ service }) => service === "cart"));
    assert.deepEqual(leftOut, ["logs of nowhere: no label names it"]);
  });

  it("carries the tenant's header and the token, or the name and the password", async () => {
    await using server = await startOddServer(loki({ lines: {} }));
    const { url } = server;
    const headers = { "X-Scope-OrgID": "shop" };
    const parts = { name: "Loki", key: "" };
    await logsOnLoki({ ...parts, url, headers, bearerToken: "t" }).check(deadline());
    assert.equal(server.asked[0]?.headers["x-scope-orgid"], "shop");
    assert.equal(server.asked[0]?.headers["authorization"], "Bearer t");
    const address = url.replace("http://", "http://u:p@");
    const basic = logsOnLoki({ ...parts, url: `${address}/logs/` });
    const { pages } = await basic.lines([selected], window, deadline());
    const last = server.asked.at(-1);
    assert.equal(last?.headers["authorization"], `Basic ${Buffer.from("u:p").toString("base64")}`);
    assert.equal(last?.path, "/logs/loki/api/v1/query_range");
    const page = pages.get("checkout") ?? "";
    assert.ok(page.startsWith(`${url}/logs/loki/api/v1/query_range?query=`), page);
  });
});

describe("what Loki gives", () => {
  it("is lines with the level of their labels, of Loki's own guess, or of their words", async () => {
    const lines = {
      [selector]: [
        { at: -60, line: "pool exhausted", labels: { level: "error", detected_level: "info" } },
        { at: -30, line: "pool exhausted", labels: { detected_level: "warn" } },
        { at: 10, line: '{"level":"error","msg":"pool exhausted, waited 500 ms"}' },
        { at: 20, line: "ERROR pool exhausted", labels: { detected_level: "unknown" } },
        { at: 30, line: "pool exhausted" },
      ],
    };
    const { items } = await readFrom(loki({ lines }));
    assert.deepEqual(
      items.toSorted((a, b) => a.at - b.at).map(({ level, text }) => [level, text]),
      [
        ["error", "pool exhausted"],
        ["warn", "pool exhausted"],
        ["error", "pool exhausted, waited 500 ms"],
        ["error", "pool exhausted"],
        [undefined, "pool exhausted"],
      ],
    );
    assert.equal(items.find(({ level }) => level === "warn")?.at, onset.getTime() / 1000 - 30);
  });

  it("is a sample where there is more, as thin before the onset as after it, and every error", async () => {
    const errors = [5, 65, 125].map((at) => ({ at, line: "ERROR pool exhausted, waited 500 ms" }));
    const lines = { [selector]: [...everySeconds(0.2, "GET / answered 200"), ...errors] };
    const { items, leftOut } = await readFrom(loki({ lines }));
    const of = (word: string) => items.filter(({ text }) => text.includes(word));
    assert.equal(of("pool exhausted").length, 3);
    const [before, after] = [
      of("GET").filter(({ at }) => at < onset.getTime() / 1000).length,
      of("GET").filter(({ at }) => at >= onset.getTime() / 1000).length,
    ];
    assert.ok(Math.abs(before / after - 12) < 0.5, `${before} before, ${after} after`);
    assert.match(
      leftOut.join("; "),
      /^16,5\d\d of 19,504 log lines of checkout: the limit is 3,000, and errors beyond it$/,
    );
    const input = { onset: onset.getTime() / 1000, end: window.to.getTime() / 1000, logs: items };
    assert.deepEqual(
      diagnose(input).logs.map(({ template, before: b, after: a }) => [template, b, a]),
      [["pool exhausted, waited <n> ms", 0, 3]],
    );
  });

  it("is the sample alone where errors were usual: half of them would look new", async () => {
    const usual = [
      ...everySeconds(0.5, "ERROR cannot reach redis"),
      ...everySeconds(60, "GET / 200"),
    ];
    const lines = { [selector]: usual };
    const { items } = await readFrom(loki({ lines }));
    const input = { onset: onset.getTime() / 1000, end: window.to.getTime() / 1000, logs: items };
    assert.deepEqual(diagnose(input).logs, []);
  });

  it("reaches over the whole window where nobody knows the onset yet", async () => {
    const lines = { [selector]: everySeconds(0.2, "GET / answered 200") };
    const { items, ranges } = await readFrom(loki({ lines }), { ...window, onset: window.to });
    const times = items.map(({ at }) => at - onset.getTime() / 1000);
    assert.ok(Math.min(...times) === -3_600 && Math.max(...times) > 295);
    assert.equal(ranges.length, 5);
  });
});
