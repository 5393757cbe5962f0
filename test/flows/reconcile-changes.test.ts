import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ChangeRecord } from "../../src/evidence/input.ts";
import { placedChanges } from "../../src/evidence/liveness.ts";
import { reconciled } from "../../src/flows/reconcile-changes.ts";
import { environmentOfIncident } from "../../src/flows/which-environment.ts";
import { someService } from "../edges/some-service.ts";

const sha = "3f2a91c4b5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0";
const commit: ChangeRecord = {
  id: sha,
  kind: "commit",
  at: 1_000,
  service: "checkout",
  title: "Shrink the pool (#7)",
};
const hook: ChangeRecord = {
  id: "hook-generic-1",
  kind: "deploy",
  at: 2_000,
  environment: "production",
  title: "Deploy 3f2a91c",
  deploys: ["3f2a91c"],
};
const deployment: ChangeRecord = {
  id: "deployment-5",
  kind: "deploy",
  at: 3_000,
  service: "checkout",
  environment: "production",
  live: false,
  title: "Deploy 3f2a91c to production",
  deploys: ["0".repeat(40), sha],
  url: "https://github.com/acme/shop",
};
const liveAt = (changes: readonly ChangeRecord[]) =>
  placedChanges(changes, "production").find(({ change }) => change.id === sha)?.live;

describe("a deploy that a hook tells", () => {
  test("makes the commit that it names by a short hash live at its time, and takes its service", () => {
    const changes = reconciled([[hook], [commit]]);
    assert.deepEqual(liveAt(changes), { state: "live", at: 2_000, proof: "deploy" });
    assert.equal(changes.find(({ kind }) => kind === "deploy")?.service, "checkout");
  });

  test("is believed before GitHub's deployment of the same commit, which adds what it carried", () => {
    const changes = reconciled([[hook], [commit, deployment]]);
    assert.deepEqual(liveAt(changes), { state: "live", at: 2_000, proof: "deploy" });
    const deploys = changes.filter(({ kind }) => kind === "deploy");
    assert.deepEqual(
      deploys.map(({ id, live, url, deploys: carried }) => [id, live, url, carried?.length]),
      [["hook-generic-1", undefined, "https://github.com/acme/shop", 2]],
    );
  });

  test("or a version label, tells when GitHub's deployment ran that nobody else says runs", () => {
    const label = { ...hook, id: "version-1", live: true };
    const changes = reconciled([[commit, { ...deployment, live: "unknown" }], [label]]);
    assert.deepEqual(liveAt(changes), { state: "live", at: 2_000, proof: "deploy" });
    assert.equal(changes.filter(({ kind }) => kind === "deploy").length, 1);
  });

  test("is another than one to another environment, of another service, or of the same source", () => {
    const elsewhere = { ...deployment, environment: "staging" };
    const another = { ...deployment, service: "cart" };
    const again = { ...hook, id: "hook-generic-2", at: 4_000 };
    for (const other of [elsewhere, another, again]) {
      const deploys = reconciled([[hook], [commit, other]]).filter(({ kind }) => kind === "deploy");
      assert.equal(deploys.length, 2);
    }
  });

  test("with a hash that two commits begin with names neither", () => {
    const twin = { ...commit, id: `${sha.slice(0, 20)}${"0".repeat(20)}`, service: "cart" };
    const changes = reconciled([[{ ...hook, deploys: [sha.slice(0, 12)] }], [commit, twin]]);
    assert.equal(liveAt(changes)?.state, "unknown");
  });
});

describe("the environment of an incident", () => {
  const at = (...environments: string[]) =>
    environments.map((environment) => ({ ...hook, environment }));
  test("is its service's first", () => {
    const service = { ...someService("checkout"), environments: ["eu", "us"] };
    assert.equal(environmentOfIncident(service, [], at("staging")).environment, "eu");
  });

  test("is production where changes tell of that and of rehearsals alone", () => {
    assert.equal(environmentOfIncident(null, [], at("staging")).environment, "production");
    assert.equal(environmentOfIncident(null, [], at("prod-eu", "dev")).environment, "production");
    assert.equal(environmentOfIncident(null, [], at("eu", "staging")).environment, undefined);
    assert.equal(environmentOfIncident(null, [], [commit]).environment, undefined);
  });

  test("is told by the series where they are labelled", () => {
    const series = {
      service: "a",
      name: "b",
      kind: "cpu",
      labels: { env: "staging" },
      points: [],
    } as const;
    assert.equal(environmentOfIncident(null, [series], at("staging")).environment, undefined);
  });
});
