/** Files: what is kept about them, and how one comes into a channel. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Channel, SharedFile, User } from "./state.ts";
import type { FileContents, World } from "./world.ts";

const types: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  txt: "text/plain",
  log: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  json: "application/json",
  svg: "image/svg+xml",
  pdf: "application/pdf",
};

export const canvasType = "application/vnd.slack-docs";

/** Files that are known; older ones are forgotten. */
const filesMax = 2000;

export interface NewFile {
  readonly id: string;
  readonly name: string;
  readonly title?: string | undefined;
  readonly altText?: string | undefined;
  readonly by: User;
  readonly size: number;
  /** Only of a canvas: the channel that it has a tab in, "" for none. */
  readonly tabIn?: string;
}

/** Makes a file known; its content was written under the same id before. */
export function addFile(world: World, file: NewFile): SharedFile {
  const isCanvas = file.tabIn !== undefined;
  const ending = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? "binary";
  const filetype = isCanvas ? "quip" : ending;
  const { publicUrl } = world.options;
  const name = encodeURIComponent(file.name);
  const privately = `${publicUrl}/files-pri/${file.id}`;
  const shared: SharedFile = {
    id: file.id,
    name: file.name,
    title: file.title ?? file.name,
    mimetype: isCanvas ? canvasType : (types[filetype] ?? "application/octet-stream"),
    filetype,
    size: file.size,
    created: Math.floor(world.now().getTime() / 1000),
    user: file.by.id,
    mode: "hosted",
    is_external: false,
    url_private: `${privately}/${name}`,
    url_private_download: `${privately}/download/${name}`,
    permalink: `${publicUrl}/files/${file.id}/${name}`,
    ...(file.altText !== undefined && { alt_txt: file.altText }),
    ...(file.tabIn && { channels: [file.tabIn] }),
  };
  world.state.files.push(shared);
  if (world.state.files.length > filesMax) world.state.files.shift();
  return shared;
}

export const findFile = (world: World, id: string): SharedFile | undefined =>
  world.state.files.find((file) => file.id === id);

/** What was shared in its messages, and its canvases. */
export function filesIn(world: World, channel: Channel): readonly SharedFile[] {
  const shared = new Set(channel.messages.flatMap(({ files = [] }) => files.map(({ id }) => id)));
  return world.state.files.filter(
    ({ id, channels }) => shared.has(id) || channels?.includes(channel.id) === true,
  );
}

/** Its content was written anew. */
export function resized(world: World, id: string, size: number): void {
  const { files } = world.state;
  const at = files.findIndex((file) => file.id === id);
  const file = files[at];
  if (file !== undefined) files[at] = { ...file, size };
}

/** Contents in memory, and beside the state file when there is one. */
export function openFileContents(folder: string | undefined): FileContents {
  const inMemory = new Map<string, Uint8Array>();
  return {
    read: async (id) => {
      const kept = inMemory.get(id);
      if (kept !== undefined || folder === undefined) return kept;
      return readFile(join(folder, id)).catch(() => undefined);
    },
    write: async (id, content) => {
      if (folder === undefined) return void inMemory.set(id, content);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, id), content, { mode: 0o600 });
    },
  };
}
