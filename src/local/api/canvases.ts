/** The Web API's `canvases.*`: a canvas is a file of Markdown with a tab in its channel. Sections have no ids here, so only whole canvases and their ends are edited. */
import { z } from "zod";
import { visibleChannel } from "../channels.ts";
import { addFile, canvasType, findFile, resized } from "../files.ts";
import { newId } from "../ids.ts";
import type { World } from "../world.ts";
import { json, method, ok, refuse, word, type Methods, type Reply } from "./method.ts";

/** In characters. */
const markdownMax = 1_048_576;
const titleOfNone = "Untitled";

const Content = z.object({ type: z.literal("markdown"), markdown: z.string().max(markdownMax) });
const Changes = z
  .array(
    z.object({
      operation: z.enum([
        "insert_after",
        "insert_before",
        "insert_at_start",
        "insert_at_end",
        "replace",
        "delete",
      ]),
      section_id: z.string().optional(),
      document_content: Content.optional(),
    }),
  )
  .length(1);

const failed = (detail: string): Reply => ({ ...refuse("canvas_editing_failed"), detail });

export const canvases: Methods = {
  "canvases.create": method(
    { title: word.optional(), document_content: json.optional(), channel_id: word.optional() },
    async ({ title = titleOfNone, document_content: told, channel_id: id }, { world, caller }) => {
      const content = told === undefined ? { markdown: "" } : Content.safeParse(told).data;
      if (content === undefined) return refuse("canvas_creation_failed");
      const channel = id === undefined ? undefined : visibleChannel(world, id, caller.id);
      if (id !== undefined && channel === undefined) return refuse("channel_not_found");
      if (channel?.isArchived === true) return refuse("is_archived");
      if (channel?.members.includes(caller.id) === false) return refuse("not_in_channel");
      const canvas = newId("F");
      const bytes = Buffer.from(content.markdown);
      await world.files.write(canvas, bytes);
      addFile(world, {
        id: canvas,
        name: title,
        title,
        by: caller,
        size: bytes.length,
        tabIn: channel?.id ?? "",
      });
      world.feed.changed();
      return ok({ canvas_id: canvas });
    },
  ),

  "canvases.edit": method(
    { canvas_id: word, changes: json },
    async ({ canvas_id: id, changes }, { world, caller }) => {
      const canvas = findFile(world, id);
      if (canvas?.mimetype !== canvasType) return refuse("canvas_not_found");
      if (canvas.user !== caller.id) return refuse("restricted_action");
      const [change] = Changes.safeParse(changes).data ?? [];
      if (change === undefined) return refuse("invalid_arguments");
      if (change.section_id !== undefined) return failed("section_id: no such section");
      const text = change.document_content?.markdown ?? "";
      switch (change.operation) {
        case "replace":
          return write(world, id, text);
        case "insert_at_start":
          return write(world, id, `${text}\n${await contentOf(world, id)}`);
        case "insert_at_end":
          return write(world, id, `${await contentOf(world, id)}\n${text}`);
        case "insert_after":
        case "insert_before":
        case "delete":
          return failed("section_id: is missing");
      }
    },
  ),
};

async function contentOf(world: World, id: string): Promise<string> {
  return Buffer.from((await world.files.read(id)) ?? []).toString();
}

async function write(world: World, id: string, text: string): Promise<Reply> {
  if (text.length > markdownMax) return failed("document_content: is too long");
  const bytes = Buffer.from(text);
  await world.files.write(id, bytes);
  resized(world, id, bytes.length);
  world.feed.changed();
  return ok();
}
