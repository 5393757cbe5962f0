import assert from "node:assert/strict";
import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { changesOnGit } from "../../../src/edges/git/changes.ts";
import { changesContract } from "../../flows/changes-contract.ts";
import type { ChangesSubject } from "../../flows/changes-contract.ts";
import { someService } from "../some-service.ts";
import { hungGit, scratchFolder, scratchRepository, skip } from "./scratch-repository.ts";

const onset = new Date("2026-11-20T14:00:00Z");
const window = {
  from: new Date("2026-11-20T13:00:00Z"),
  onset,
  to: new Date("2026-11-20T14:15:00Z"),
};
const before = (minutes: number) => new Date(onset.getTime() - minutes * 60_000);
const deadline = () => AbortSignal.timeout(10_000);
const checkout = someService("checkout", { paths: ["services/checkout/**"] });
const cart = someService("cart", { paths: ["services/cart/**"] });
const recent = (folder: string, services = [checkout, cart]) =>
  changesOnGit({ folderOf: () => folder }).recent(services, window, deadline());

describe("a local clone that is not well", { skip }, () => {
  it("is given up with a reason where the folder is no repository, missing, or inside another one", async () => {
    await using repository = await scratchRepository();
    await repository.commit("Inside", before(5), { "inner/a": "1" });
    for (const folder of [join(repository.folder, "inner"), join(repository.folder, "missing")]) {
      await assert.rejects(recent(folder), { message: `folder ${folder} is no git repository` });
    }
  });

  it("is given up with a reason where git is not installed", async () => {
    await using scratch = await scratchFolder();
    const changes = changesOnGit({
      folderOf: () => scratch.folder,
      environment: { PATH: scratch.folder },
    });
    const message = "the git program is not installed";
    await assert.rejects(changes.recent([cart], window, deadline()), { message });
    assert.deepEqual(await changes.check(deadline()), { ok: false, said: message });
  });

  it("cannot make git run a program by its configuration", async () => {
    await using repository = await scratchRepository();
    const trace = join(repository.folder, "ran");
    const program = join(repository.folder, "program");
    await writeFile(program, `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 });
    await repository.commit("Begin", before(20), {
      ".gitattributes": "*.x diff=evil\n",
      "a.x": "1",
    });
    await repository.commit("Go on", before(10), { "a.x": "2" });
    const settings = [
      "core.fsmonitor",
      "core.pager",
      "diff.external",
      "diff.evil.textconv",
      "gpg.program",
    ];
    for (const setting of settings) await repository.git("config", setting, program);
    await repository.git("config", "log.showSignature", "true");
    const { items } = await recent(repository.folder, [someService("whole")]);
    assert.match(items[0]?.diff ?? "", /^\+2$/m);
    await assert.rejects(access(trace));
  });
});

it(
  "checking tells which folder is no clone, and leaves a service without one to others",
  { skip },
  async () => {
    await using repository = await scratchRepository();
    await repository.commit("Inside", before(5), { "inner/a": "1" });
    const bad = {
      cart: join(repository.folder, "missing"),
      till: join(repository.folder, "inner"),
    };
    const folders = new Map([["shop", repository.folder], ...Object.entries(bad)]);
    const changes = changesOnGit({ folderOf: ({ name }) => folders.get(name) ?? null });
    const said = (name: string) => changes.checkRepository(someService(name), deadline());
    assert.deepEqual(await said("shop"), { ok: true, said: `a clone in ${repository.folder}` });
    for (const [name, folder] of Object.entries(bad)) {
      const no = { ok: false, said: `folder ${folder} is no git repository` };
      assert.deepEqual(await said(name), no);
    }
    assert.equal(await said("elsewhere"), null);
  },
);

it("checking tells git's version", { skip }, async () => {
  const checked = await changesOnGit({ folderOf: () => null }).check(deadline());
  assert.equal(checked.ok, true);
  assert.match(checked.said, /^git version \d/);
});

if (skip === false) changesContract("a local clone", subject);

async function subject(): Promise<ChangesSubject> {
  const repository = await scratchRepository();
  const scratch = await scratchFolder();
  for (const [index, minutes] of [500, 300, 100, 20, -10].entries()) {
    await repository.commit(`Commit ${index}`, before(minutes), {
      [`services/cart/${index}`]: "1",
    });
  }
  const folderOf = () => repository.folder;
  const PATH = await hungGit(scratch.folder);
  return {
    changes: changesOnGit({ folderOf }),
    services: [checkout, cart],
    window,
    silent: changesOnGit({ folderOf, environment: { PATH } }),
    stop: async () => {
      await repository[Symbol.asyncDispose]();
      await scratch[Symbol.asyncDispose]();
    },
  };
}
