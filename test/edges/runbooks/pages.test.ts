import assert from "node:assert/strict";
import type { LookupAddress, LookupOptions } from "node:dns";
import { describe, it } from "node:test";
import { isInside, outsideFetch } from "../../../src/edges/runbooks/addresses.ts";
import { keptPages } from "../../../src/edges/runbooks/kept-pages.ts";
import { webPagesRead } from "../../../src/edges/runbooks/web-pages.ts";
import type { AskedPage, PageAnswer } from "../../../src/runbook/page.ts";
import { deadUrl, startOddServer, type Behave } from "../odd-server.ts";

const patience = () => AbortSignal.timeout(60_000);
const ofCatalog = (link: string): AskedPage => ({ link, from: "catalog" });

/** One reading of a page of the server, which is configured unless it is said otherwise. */
async function read(behave: Behave, told: { path?: string; isConfigured?: boolean } = {}) {
  await using server = await startOddServer(behave);
  const { path = "/checkout.md", isConfigured = true } = told;
  const pages = webPagesRead({ origins: isConfigured ? [server.url] : [] });
  const link = `${server.url}${path}`;
  const answer = await pages(ofCatalog(link), null, patience());
  const host = new URL(server.url).host;
  const said = answer.kind === "refused" ? answer.said.replaceAll(host, "HOST") : answer.kind;
  return { answer, said, asked: server.asked, host };
}

const markdown: Behave = (_asked, response) => {
  response.writeHead(200, { "content-type": "text/markdown", etag: '"1"' });
  response.end("# Checkout");
};

describe("a runbook's page", () => {
  it("is read as Markdown or HTML, without its fragment, with its tag", async () => {
    const { answer, asked } = await read(markdown, { path: "/a/checkout.md?x=1#slow" });
    assert.deepEqual(answer, {
      kind: "page",
      page: { text: "# Checkout", format: "markdown" },
      etag: '"1"',
      freshMs: 300_000,
    });
    assert.equal(asked[0]?.method, "GET");
    assert.equal(asked[0]?.headers["authorization"], undefined);
    const html = await read((_asked, response) => void response.end("\n<!DOCTYPE html><p>x"));
    assert.ok(html.answer.kind === "page" && html.answer.page.format === "html");
  });

  it("is read in the encoding that its header or its head names", async () => {
    const latin = (head: string) => Buffer.from(`${head}Prüfe die Größe`, "latin1");
    const texts = [
      ["text/plain; charset=ISO-8859-1", latin("")],
      ["text/html", latin('<meta charset="windows-1252">')],
      ["text/plain; charset=unheard-of", Buffer.from("Prüfe die Größe")],
    ] as const;
    for (const [type, bytes] of texts) {
      // oxlint-disable-next-line no-await-in-loop -- one server a page
      const { answer } = await read((_asked, response) => {
        response.writeHead(200, { "content-type": type }).end(bytes);
      });
      assert.match(answer.kind === "page" ? answer.page.text : "", /Prüfe die Größe$/, type);
    }
  });

  const refusals: readonly (readonly [number, RegExp, boolean])[] = [
    [404, /^HTTP 404 at HOST; mend the link in the catalog$/, false],
    [401, /^HTTP 401 at HOST; link a page that can be read without signing in, or a file/, false],
    [503, /^HTTP 503 at HOST$/, true],
    [429, /^HTTP 429 at HOST$/, true],
  ];
  for (const [status, words, isPassing] of refusals) {
    it(`that answers ${status} is refused, with the mend where there is one`, async () => {
      const { said, answer } = await read((_asked, response) => {
        response.writeHead(status).end("no");
      });
      assert.match(said, words);
      assert.equal(answer.kind === "refused" && answer.isPassing, isPassing);
    });
  }

  it("is bounded: neither 25 MB nor a picture is read to its end", async () => {
    const large = await read((_asked, response) => {
      const chunk = Buffer.alloc(1_000_000, "a");
      response.on("error", () => undefined);
      for (let count = 0; count < 25; count += 1) response.write(chunk);
      response.end();
    });
    assert.equal(large.said, "more than 1 MB at HOST; link a smaller page");
    const picture = await read((_asked, response) => {
      response.writeHead(200, { "content-type": "image/png" }).end("x");
    });
    assert.match(
      picture.said,
      /^image\/png at HOST; mend the link in the catalog to a page of text$/,
    );
  });

  it("that leads to a sign-in elsewhere is not followed there", async () => {
    await using other = await startOddServer(markdown);
    const { said } = await read((_asked, response) => {
      response.writeHead(302, { location: `${other.url}/login` }).end();
    });
    assert.match(
      said,
      /^sent elsewhere \(127\.0\.0\.1:\d+\), not followed from HOST; link the page/,
    );
    assert.equal(other.asked.length, 0);
  });

  it("that hangs, breaks off or is not there is said in words", async () => {
    const broken = await read((_asked, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setImmediate(() => response.destroy());
    });
    assert.match(broken.said, /^connection closed before the answer ended at HOST$/);
    await using hanging = await startOddServer(() => undefined);
    const pages = webPagesRead({ origins: [hanging.url, await deadUrl()] });
    const hung = await pages(ofCatalog(hanging.url), null, AbortSignal.timeout(50));
    assert.match(hung.kind === "refused" ? hung.said : "", /^no answer in time at /);
    const gone = await pages(ofCatalog(await deadUrl()), null, patience());
    assert.match(
      gone.kind === "refused" ? gone.said : "",
      /^connection refused at |RUNBOOK_ORIGINS/,
    );
  });
});

describe("an address within", () => {
  it("is every loopback, link-local and private one, however it is written", () => {
    const within = `127.0.0.1 127.9.9.9 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0
      224.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 fd12:3456::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1
      64:ff9b::a00:1 2002:7f00:1:: 2001:0:7f00:1:: 192.88.99.1 ff02::1 nonsense`;
    for (const address of within.split(/\s+/)) assert.ok(isInside(address), address);
    for (const address of [
      "8.8.8.8",
      "172.32.0.1",
      "100.128.0.1",
      "2606:4700::1111",
      "2001:4860:4860::8888",
    ])
      assert.ok(!isInside(address), address);
  });

  it("is not asked where the settings do not name its origin", async () => {
    const { said, asked } = await read(markdown, { isConfigured: false });
    assert.match(
      said,
      /^127\.0\.0\.1 is an address of this machine or a private network; name http:\/\/HOST in RUNBOOK_ORIGINS/,
    );
    assert.equal(asked.length, 0);
  });

  it("is not reached by a name that means it, nor by one that means it beside another", async () => {
    await using server = await startOddServer(markdown);
    const { port } = new URL(server.url);
    for (const addresses of [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"]]) {
      const fetch = outsideFetch(resolvingTo(addresses));
      await assert.rejects(
        fetch(`http://wiki.example:${port}/`, { signal: patience() }),
        ({ cause }: Error) => /wiki\.example is an address/.test(String(cause)),
      );
    }
    for (const host of ["localhost", "[::1]", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"]) {
      await assert.rejects(outsideFetch()(`http://${host}:${port}/`, { signal: patience() }));
    }
    assert.equal(server.asked.length, 0);
  });
});

/** As `dns.lookup`, for which every name means these. */
function resolvingTo(addresses: readonly string[]): typeof import("node:dns").lookup {
  const found = addresses.map((address): LookupAddress => ({ address, family: 4 }));
  const lookup = (
    _name: string,
    _options: LookupOptions,
    callback: (error: null, addresses: LookupAddress[]) => void,
  ) => callback(null, found);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of its many forms the one that is called
  return lookup as unknown as typeof import("node:dns").lookup;
}

describe("a page that was read", () => {
  const page = (text: string): PageAnswer => ({
    kind: "page",
    page: { text, format: "markdown" },
    etag: '"1"',
    freshMs: 1_000,
  });
  const asked = ofCatalog("https://wiki.example/a#one");

  it("is kept for its time, then asked by its tag whether it is the same", async () => {
    let now = 0;
    const tags: (string | null)[] = [];
    const answers = [page("one"), { kind: "same", freshMs: 500 } as const, page("two")];
    const runbooks = keptPages(
      async (_asked, etag) => {
        tags.push(etag);
        return answers.shift() ?? page("none");
      },
      () => now,
    );
    const texts: string[] = [];
    for (now of [0, 999, 1_000, 1_499, 1_500]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const { page: read } = await runbooks.page(asked, patience());
      texts.push(read.text);
    }
    assert.deepEqual(texts, ["one", "one", "one", "one", "two"]);
    assert.deepEqual(tags, [null, '"1"', '"1"']);
  });

  it("stands in for a day where nobody answers, and not where it is gone", async () => {
    let now = 0;
    let answer: PageAnswer = page("one");
    const runbooks = keptPages(
      async () => answer,
      () => now,
    );
    await runbooks.page(asked, patience());
    now = 3_600_000;
    answer = { kind: "refused", said: "HTTP 503 at wiki.example", isPassing: true };
    assert.deepEqual(await runbooks.page(asked, patience()), {
      page: { text: "one", format: "markdown" },
      old: { readAt: new Date(0), because: "HTTP 503 at wiki.example" },
    });
    now = 90_000_000;
    await assert.rejects(runbooks.page(asked, patience()), /HTTP 503/);
    now = 3_600_000;
    answer = { kind: "refused", said: "HTTP 404 at wiki.example", isPassing: false };
    await assert.rejects(runbooks.page(asked, patience()), /HTTP 404/);
  });
});
