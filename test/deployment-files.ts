/** Reads the Dockerfile, .dockerignore and fly.toml as far as this project uses their languages, and no further. */
import assert from "node:assert/strict";

export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

export interface Stage {
  readonly name: string;
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile in order; the last is what runs. */
export function parseDockerfile(text: string): readonly Stage[] {
  const stages: { name: string; base: string; instructions: Instruction[] }[] = [];
  const lines = text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n");
  for (const line of lines.filter((one) => one.trim() !== "")) {
    const [, word, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    assert.ok(word !== undefined && rest !== undefined, `not an instruction: ${line}`);
    if (word === "FROM") {
      const [base, name] = rest.split(" AS ");
      stages.push({ base: base ?? "", name: name ?? "", instructions: [] });
    } else {
      stages.at(-1)?.instructions.push({ word, rest });
    }
  }
  return stages;
}

/** The paths that a .dockerignore lets through; it must begin by keeping everything out. */
export function parseDockerignore(text: string): readonly string[] {
  const [first, ...others] = text.split("\n").filter((line) => line !== "");
  assert.equal(first, "*");
  return others.map((line) => {
    assert.match(line, /^![\w./-]+$/);
    return line.slice(1);
  });
}

/** Keys as dotted paths, such as `processes.web`; tables of a list (`[[vm]]`) are read as one. */
export function parseToml(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let table = "";
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [, header] = /^\[\[?([\w.]+)\]\]?$/.exec(line) ?? [];
    if (header !== undefined) {
      table = `${header}.`;
      continue;
    }
    const [, key, value] = /^(\w+) = ("[^"]*"|\d+|true|false|\["\w+"\])$/.exec(line) ?? [];
    assert.ok(key !== undefined && value !== undefined, `not understood: ${line}`);
    values.set(`${table}${key}`, value.replaceAll(/["[\]]/g, ""));
  }
  return values;
}
