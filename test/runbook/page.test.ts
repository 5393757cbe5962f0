import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileOnGitHub, refusalOf, type AskedPage } from "../../src/runbook/page.ts";
import { someService } from "../edges/some-service.ts";

const catalog = {
  teams: [],
  services: [
    someService("checkout", { repo: "acme/shop", runbooks: ["https://wiki.acme.test/checkout"] }),
    someService("cart", { runbooks: ["https://github.com/acme-ops/books/blob/main/cart.md"] }),
  ],
};
const refused = (asked: AskedPage) =>
  refusalOf(asked, { catalog, origins: ["http://10.0.0.5:8080"], web: "github.com" });

describe("a file on GitHub", () => {
  it("is known by its address, whatever is encoded in it", () => {
    const found = { repo: "acme/ops", path: "a b/checkout.md", ref: "main" };
    for (const link of [
      "https://github.com/acme/ops/blob/main/a%20b/checkout.md#slow",
      "https://github.com/acme/ops/raw/main/a%20b/checkout.md",
      "https://raw.githubusercontent.com/acme/ops/main/a%20b/checkout.md",
    ])
      assert.deepEqual(fileOnGitHub(link, "github.com"), found, link);
    const own = "https://ghe.acme.test/acme/ops/blob/main/a%20b/checkout.md";
    assert.deepEqual(fileOnGitHub(own, "ghe.acme.test"), found);
  });

  it("is none where it leads out of its repository, or is a page of another kind", () => {
    for (const link of [
      "https://github.com/acme/ops/wiki/Checkout",
      "https://github.com/acme/ops/blob/main",
      "https://github.com/acme/ops/blob/main/..%2F..%2F..%2Fuser",
      "https://github.com/..%2Facme/ops/blob/main/a.md",
      "https://github.com/acme/ops/blob/main/%E0%A4%A",
      "https://github.example/acme/ops/blob/main/a.md",
    ])
      assert.equal(fileOnGitHub(link, "github.com"), null, link);
  });
});

describe("what may be read as a runbook", () => {
  it("is what the catalog links, wherever it is", () => {
    assert.equal(refused({ link: "https://anywhere.test/x", from: "catalog" }), null);
  });

  it("is what an alert names at an origin of the settings or the catalog, and nothing else", () => {
    const from = "alert";
    for (const link of [
      "http://10.0.0.5:8080/x",
      "https://wiki.acme.test/other",
      "https://github.com/acme/shop/blob/main/a.md",
      "https://github.com/ACME/private/blob/main/a.md",
      "https://github.com/acme-ops/other/blob/main/a.md",
    ])
      assert.equal(refused({ link, from }), null, link);
    assert.equal(
      refused({ link: "https://evil.test/x", from }),
      "evil.test is no origin that may be read; name https://evil.test in RUNBOOK_ORIGINS",
    );
    assert.equal(
      refused({ link: "https://github.com/evil/x/blob/main/a.md", from }),
      "the catalog names no repository of evil; name one there, or https://github.com in RUNBOOK_ORIGINS",
    );
    assert.match(refused({ link: "http://wiki.acme.test/x", from }) ?? "", /name http:\/\/wiki/);
  });

  it("on a host that is shared is of an owner whom the catalog names there, whatever kind of page it is", () => {
    const runbooks = [
      "https://github.com/acme/ops/blob/main/checkout.md",
      "https://gitlab.com/acme/ops/-/raw/main/x.md",
      "https://gitlab.com/-/snippets/1",
      "https://github.com/orgs/acme/discussions/1",
      "https://docs.google.com/document/d/1/edit",
      "https://acme.atlassian.net/wiki/1",
    ];
    const shared = { teams: [], services: [someService("checkout", { runbooks })] };
    const why = (link: string) =>
      refusalOf({ link, from: "alert" }, { catalog: shared, origins: [], web: "github.com" });
    for (const link of [
      ...runbooks,
      "https://github.com/acme/x/wiki/Checkout",
      "https://GitHub.com/Acme/x/issues/1",
      "https://raw.githubusercontent.com/acme/x/main/y.md",
      "https://gitlab.com/acme/other/-/raw/main/y.md",
      "https://docs.google.com/document/d/1/edit#slow",
      "https://acme.atlassian.net/wiki/2",
    ])
      assert.equal(why(link), null, link);
    for (const path of [
      "evil/x",
      "evil/x/wiki/Checkout",
      "evil/x/issues/1",
      "evil/x/discussions/4",
      "evil/x/blame/main/y.md",
      "evil/x/tree/main/docs",
      "/evil/x/blob/main/y.md",
      "acme/../evil/x/wiki/y",
      "orgs/evil/discussions/1",
      "acme%2Fx/y/wiki",
    ])
      assert.match(why(`https://github.com/${path}`) ?? "", /^the catalog names no repo/, path);
    for (const path of ["evil/x/-/raw/main/y.md", "-/snippets/2", "/acme/x"])
      assert.match(
        why(`https://gitlab.com/${path}`) ?? "",
        /^the catalog links no runbook of/,
        path,
      );
    assert.match(
      why("https://docs.google.com/document/d/2/edit") ?? "",
      /^anybody may have a page at docs.google.com; link this one in the catalog, or name/,
    );
    assert.match(why("https://gist.github.com/acme/1") ?? "", /^gist.github.com is no origin/);
    assert.match(why("https://evil.atlassian.net/wiki/1") ?? "", /is no origin that may be read/);
  });

  it("is a web address without a password", () => {
    for (const link of ["file:///etc/passwd", "checkout", "javascript:alert(1)"])
      assert.match(
        refused({ link, from: "catalog" }) ?? "",
        /^it is no web address; mend the link/,
      );
    assert.match(
      refused({ link: "https://a:b@wiki.acme.test/x", from: "alert" }) ?? "",
      /^its link holds a password; mend runbook_url of the alert$/,
    );
  });
});
