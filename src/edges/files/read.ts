/** Reads the YAML files of a folder, or one file, as text. */

import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const filesMax = 500;
const fileBytesMax = 2_000_000;

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Rejects with a sentence where the path does not exist, or holds more than can be meant. */
export async function yamlFilesAt(path: string): Promise<TextFile[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new Error(`${path} does not exist.`);
  if (found.isFile()) return [await textFile(path)];
  const names = await readdir(path, { recursive: true });
  const yamls = names.filter((name) => /\.ya?ml$/.test(name)).toSorted();
  if (yamls.length > filesMax) {
    throw new Error(`${path} holds ${yamls.length} YAML files; at most ${filesMax} are read.`);
  }
  return Promise.all(yamls.map((name) => textFile(join(path, name))));
}

async function textFile(path: string): Promise<TextFile> {
  const { size } = await stat(path);
  if (size > fileBytesMax) throw new Error(`${path} is larger than ${fileBytesMax / 1e6} MB.`);
  return { path, text: await readFile(path, "utf8") };
}
