import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { until } from "../../until.ts";
import { flakyNetwork } from "../postgres/flaky-network.ts";
import { openStore, type Opened } from "../postgres/opened.ts";
import { asForm, deliver, mention, openReceiving, signed, type Receiving } from "./receiving.ts";

let opened: Opened;
let receiving: Receiving;
before(async () => {
  opened = await openStore();
  receiving = await openReceiving(opened.url);
});
after(async () => {
  await receiving[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await opened.sql`delete from pgboss.job`;
  receiving.outcomes.length = 0;
});

const jobs = async () =>
  (
    await opened.sql<
      { body: Record<string, unknown> }[]
    >`select data -> 'body' as body from pgboss.job`
  ).map(({ body }) => body);
const nowSeconds = () => Math.floor(Date.now() / 1000);

describe("an event", () => {
  test("is in the queue by the time that Slack hears 200, and the answer is empty", async () => {
    const response = await deliver(receiving.url, mention("Ev1"));
    assert.deepEqual([response.status, await response.text()], [200, ""]);
    assert.deepEqual(await jobs(), [JSON.parse(mention("Ev1"))]);
    assert.deepEqual(receiving.outcomes, ["accepted"]);
  });

  test("that is sent again, or replayed within the five minutes, is dropped", async () => {
    const at = nowSeconds() - 100;
    const headers = { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" };
    const responses = [
      await deliver(receiving.url, mention("Ev1"), { at }),
      await deliver(receiving.url, mention("Ev1"), { at }),
      await deliver(receiving.url, mention("Ev1"), { headers }),
    ];
    assert.deepEqual(
      responses.map(({ status }) => status),
      [200, 200, 200],
    );
    assert.equal((await jobs()).length, 1);
  });

  test("and a click are taken; letters beyond ASCII arrive as they were", async () => {
    await deliver(receiving.url, mention("Ev1", "größer 🔥"));
    const click = { type: "block_actions", team: { id: "T1" }, trigger_id: "9", actions: [] };
    const form = new URLSearchParams({ payload: JSON.stringify({ ...click, text: "é+&" }) });
    const response = await deliver(receiving.url, String(form), { headers: asForm });
    assert.deepEqual([response.status, await response.text()], [200, ""]);
    const [event, clicked] = await jobs();
    assert.match(JSON.stringify(event), /größer 🔥/);
    assert.equal(clicked?.["text"], "é+&");
  });
});

describe("turned away with 401, and nothing is written", () => {
  const body = mention("Ev1");
  const good = signed(body);
  const without = (name: string) =>
    Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  const cases: Readonly<Record<string, Record<string, string>>> = {
    "a signature by another secret": signed(body, { secret: "other" }),
    "a signature of another body": signed(`${body} `),
    "a signature of another time": {
      ...good,
      "x-slack-request-timestamp": String(nowSeconds() - 1),
    },
    "no signature": without("x-slack-signature"),
    "no timestamp": without("x-slack-request-timestamp"),
    "an empty signature": { ...good, "x-slack-signature": "" },
    "a signature cut short": { ...good, "x-slack-signature": "v0=abc" },
    "the signature of another version": {
      ...good,
      "x-slack-signature": String(good["x-slack-signature"]).replace("v0", "v1"),
    },
    "a stale one": signed(body, { at: nowSeconds() - 3_600 }),
    "one from the future": signed(body, { at: nowSeconds() + 3_600 }),
    "a timestamp that is no number": signed(body, { at: "soon" }),
    "a timestamp with a sign": signed(body, { at: `+${nowSeconds()}` }),
    "a timestamp beyond all measure": signed(body, { at: "9".repeat(30) }),
  };
  for (const [name, headers] of Object.entries(cases)) {
    test(name, async () => {
      const response = await fetch(receiving.url, { method: "POST", body, headers });
      assert.equal(response.status, 401);
      assert.match(await response.text(), /SLACK_SIGNING_SECRET/);
      assert.deepEqual(await jobs(), []);
      assert.deepEqual(receiving.outcomes, ["bad-signature"]);
    });
  }

  test("from five minutes on, either way; inside them it is Slack", async () => {
    const now = nowSeconds();
    await using standing = await openReceiving(opened.url, () => new Date(now * 1000));
    for (const [seconds, status] of Object.entries({ "300": 200, "301": 401 })) {
      for (const at of [now - Number(seconds), now + Number(seconds)]) {
        assert.equal((await deliver(standing.url, mention(`Ev${at}`), { at })).status, status);
      }
    }
  });
});

describe("turned away for its shape, and nothing is written", () => {
  const malformed: Readonly<Record<string, readonly [string, Record<string, string>?]>> = {
    "not JSON": ["{ no"],
    "nothing at all": [""],
    "JSON of no shape that Slack documents": ['{"hello":"world"}'],
    "a list": ["[]"],
    "a number": ["7"],
    "an event without an id": ['{"type":"event_callback","event":{"type":"message"}}'],
    "a form without a payload or a command": ["a=b", asForm],
    "a form whose payload is not JSON": ["payload=%7B", asForm],
    "a click that cannot be told from others": ['payload={"type":"block_actions"}', asForm],
  };
  for (const [name, [body, headers = {}]] of Object.entries(malformed)) {
    test(`400: ${name}`, async () => {
      assert.equal((await deliver(receiving.url, body, { headers })).status, 400);
      assert.deepEqual(await jobs(), []);
      assert.deepEqual(receiving.outcomes, ["malformed"]);
    });
  }

  test("413: above 1 MB, announced or in chunks, signed or not; just below is taken", async () => {
    const large = mention("EvLarge", "x".repeat(1_000_000));
    assert.equal((await deliver(receiving.url, large)).status, 413);
    assert.equal(await inChunks(large), 413);
    assert.deepEqual(await jobs(), []);
    const fits = mention("EvFits", "x".repeat(999_000));
    assert.equal(await inChunks(fits), 200);
    assert.deepEqual(receiving.outcomes, ["too-large", "too-large", "accepted"]);
  });

  test("a sender that hangs up half way is no error", async () => {
    const { hostname, port } = new URL(receiving.url);
    const socket = connect(Number(port), hostname);
    socket.write("POST /slack/events HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{");
    await once(socket, "connect");
    socket.destroy();
    assert.equal((await deliver(receiving.url, mention("EvNext"))).status, 200);
    assert.deepEqual(receiving.errors, []);
  });
});

/** Without a content-length; the status of the answer. */
function inChunks(body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(
      receiving.url,
      { method: "POST", headers: signed(body) },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sending.on("error", reject);
    for (let from = 0; from < body.length; from += 50_000) {
      sending.write(body.slice(from, from + 50_000));
    }
    sending.end();
  });
}

describe("what is answered in the response", () => {
  const command = (text: string, name = "/hindsight") => {
    const fields = { command: name, text, team_id: "T1", trigger_id: `${name} ${text}` };
    return deliver(receiving.url, String(new URLSearchParams(fields)), { headers: asForm });
  };
  const submit = async (callbackId: string, values: object = {}) => {
    const view = { id: "V1", hash: "1", callback_id: callbackId, state: { values } };
    const payload = JSON.stringify({ type: "view_submission", team: { id: "T1" }, view });
    const body = String(new URLSearchParams({ payload }));
    return deliver(receiving.url, body, { headers: asForm });
  };

  test("Slack's question whether the address is ours", async () => {
    const body = JSON.stringify({ type: "url_verification", token: "t", challenge: "3eZbrw" });
    const response = await deliver(receiving.url, body);
    assert.deepEqual([response.status, await response.text()], [200, "3eZbrw"]);
    const check = await deliver(receiving.url, "ssl_check=1&token=t", { headers: asForm });
    assert.equal(check.status, 200);
    assert.deepEqual(await jobs(), []);
  });

  test("a command that nobody knows gets a sentence", async () => {
    for (const unknown of [await command("frobnicate"), await command("", "/other")]) {
      const answer: unknown = await unknown.json();
      assert.ok(typeof answer === "object" && answer !== null && "text" in answer);
      assert.match(String(answer.text), /help/);
      assert.equal(Reflect.get(answer, "response_type"), "ephemeral");
    }
  });

  test("a command that takes work gets an empty 200 and goes to the queue", async () => {
    const response = await command("status");
    assert.deepEqual([response.status, await response.text()], [200, ""]);
    assert.equal((await jobs())[0]?.["text"], "status");
  });

  test("a form that nobody knows becomes one that says so", async () => {
    const response = await submit("who-knows");
    assert.match(await response.text(), /"response_action":"update".*not known here any more/);
  });

  test("a form that lacks something says what, and one that lacks nothing closes", async () => {
    const wanting = await submit("incident:declare");
    assert.match(await wanting.text(), /"response_action":"errors".*what is wrong/);
    const input = { type: "plain_text_input", value: "checkout is slow" };
    const full = await submit("incident:declare", { "declare:title": { "declare:title": input } });
    assert.deepEqual([full.status, await full.text()], [200, ""]);
  });

  test("a menu that asks for options gets none", async () => {
    const payload = JSON.stringify({ type: "block_suggestion", team: { id: "T1" }, value: "che" });
    const body = String(new URLSearchParams({ payload }));
    const response = await deliver(receiving.url, body, { headers: asForm });
    assert.deepEqual(await response.json(), { options: [] });
  });
});

describe("with the database away", () => {
  for (const [name, way] of [
    ["gone", "cut"],
    ["silent", "goSilent"],
  ] as const) {
    test(`${name}: 503, and the event is taken when Slack sends it again`, async () => {
      await using network = await flakyNetwork(opened.url);
      await using away = await openReceiving(network.url);
      assert.equal((await deliver(away.url, mention("EvBefore"))).status, 200);
      await network[way]();
      const response = await deliver(away.url, mention("EvRetried"));
      assert.equal(response.status, 503);
      assert.match(await response.text(), /database/);
      await network.mend();
      const again = async () => (await deliver(away.url, mention("EvRetried"))).status === 200;
      await until("it is taken", again);
      const kept = await jobs();
      assert.equal(kept.filter((body) => body["event_id"] === "EvRetried").length, 1);
    });
  }
});
