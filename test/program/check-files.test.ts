import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

test("catalog check names a rule that forbids a step which nobody knows, with file, line and mend", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hindsight-check-"));
  try {
    const path = join(folder, "catalog.yaml");
    const rule = "constraints: [{ forbid: [restart-servise], because: x }]";
    await writeFile(path, `services:\n  - name: cart\n    ${rule}\n`);
    const checked = promisify(execFile)("./hindsight", ["catalog", "check", path]);
    await assert.rejects(checked, (error: { code?: number; stdout?: string }) => {
      assert.equal(error.code, 1);
      assert.match(
        error.stdout ?? "",
        /catalog\.yaml:3 service cart, .+"restart-servise"; did you mean "restart-service"\?\n1 services, 0 teams, 1 mistakes\n$/,
      );
      return true;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
