import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createPlayer } from "../../../src/edges/recorded/player.ts";
import { folderWith, sampleBundle } from "./sample-bundle.ts";

const now = () => new Date("2026-03-04T12:00:00Z");

test("a broken bundle is refused by file and field", () => {
  const broken = { ...sampleBundle, alert: { ...sampleBundle.alert, kind: "speed" } };
  const player = createPlayer({ bundleFolder: folderWith(broken), now });
  assert.throws(() => player.list(), /sample\.json\.gz: alert\.kind: /);
});

test("a bundle that is not compressed JSON is refused by file", () => {
  const folder = folderWith({}, "empty.json.gz");
  writeFileSync(join(folder, "empty.json.gz"), "nonsense");
  const player = createPlayer({ bundleFolder: folder, now });
  assert.throws(() => player.list(), /empty\.json\.gz: the whole: /);
});

test("a broken state file is refused by name", () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "plays-")), "plays.json");
  writeFileSync(stateFile, JSON.stringify([{ channel: "C1", id: "sample", speed: 3 }]));
  assert.throws(
    () => createPlayer({ bundleFolder: folderWith(sampleBundle), stateFile, now }),
    /plays\.json: 0\.speed: /,
  );
});
