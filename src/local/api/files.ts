/** The Web API's `files.*`: the two-step upload, the list, and info. */
import { z } from "zod";
import { canSee, visibleChannel } from "../channels.ts";
import { addFile, filesIn, findFile } from "../files.ts";
import { fileMax } from "../http.ts";
import { newId } from "../ids.ts";
import { post } from "../messages.ts";
import type { SharedFile } from "../state.ts";
import type { World } from "../world.ts";
import {
  json,
  method,
  ok,
  refuse,
  word,
  type Context,
  type Methods,
  type Reply,
} from "./method.ts";

const uploaded = z
  .array(z.object({ id: z.string(), title: z.string().optional() }))
  .min(1)
  .max(10);
const uploadsMax = 1000;

export const files: Methods = {
  "files.getUploadURLExternal": method(
    {
      filename: word,
      length: z.coerce.number().int().min(1),
      alt_txt: word.optional(),
      alt_text: word.optional(),
      snippet_type: word.optional(),
    },
    (args, { world, caller }) => {
      if (args.length > fileMax) return refuse("file_upload_size_restricted");
      const id = newId("F");
      const { uploads } = world.session;
      const altText = args.alt_txt ?? args.alt_text;
      uploads.set(id, {
        id,
        name: args.filename,
        by: caller,
        ...(altText !== undefined && { altText }),
      });
      for (const old of uploads.keys()) if (uploads.size > uploadsMax) uploads.delete(old);
      return ok({ upload_url: `${world.options.publicUrl}/upload/${id}`, file_id: id });
    },
  ),

  "files.completeUploadExternal": method(
    {
      files: json,
      channel_id: word.optional(),
      initial_comment: word.optional(),
      thread_ts: word.optional(),
    },
    async (args, context) => {
      const listed = uploaded.safeParse(args.files);
      if (!listed.success) return refuse("invalid_arguments");
      const shared: SharedFile[] = [];
      for (const { id, title } of listed.data) {
        const file = await completed(context.world, id, title);
        if (file === undefined) return refuse("file_not_found");
        shared.push(file);
      }
      const refusal = args.channel_id === undefined ? undefined : share(context, args, shared);
      return refusal ?? ok({ files: shared });
    },
  ),

  "files.list": method(
    {
      channel: word.optional(),
      user: word.optional(),
      count: z.coerce.number().int().min(1).max(1000).optional(),
      page: z.coerce.number().int().min(1).optional(),
    },
    ({ channel: id, user, count = 100, page = 1 }, { world, caller }) => {
      const channel = id === undefined ? undefined : visibleChannel(world, id, caller.id);
      if (id !== undefined && channel === undefined) return refuse("channel_not_found");
      const shared = new Set(
        (channel === undefined ? world.state.channels : [channel])
          .filter((each) => canSee(each, caller.id))
          .flatMap((each) => filesIn(world, each).map((file) => file.id)),
      );
      const found = world.state.files
        .filter((file) => shared.has(file.id) && (user === undefined || file.user === user))
        .toReversed();
      return ok({
        files: found.slice((page - 1) * count, page * count),
        paging: { count, total: found.length, page, pages: Math.ceil(found.length / count) },
      });
    },
  ),

  "files.info": method({ file: word }, (args, { world }) => {
    const file = findFile(world, args.file);
    return file === undefined ? refuse("file_not_found") : ok({ file });
  }),
};

async function completed(
  world: World,
  id: string,
  title: string | undefined,
): Promise<SharedFile | undefined> {
  const upload = world.session.uploads.get(id);
  const content = upload && (await world.files.read(id));
  if (upload === undefined || content === undefined) return findFile(world, id);
  world.session.uploads.delete(id);
  return addFile(world, { ...upload, title, size: content.length });
}

function share(
  { world, caller }: Context,
  args: {
    channel_id?: string | undefined;
    initial_comment?: string | undefined;
    thread_ts?: string | undefined;
  },
  shared: readonly SharedFile[],
): Reply | undefined {
  const channel = visibleChannel(world, args.channel_id ?? "", caller.id);
  if (channel === undefined) return refuse("channel_not_found");
  if (!channel.members.includes(caller.id)) return refuse("not_in_channel");
  if (channel.isArchived) return refuse("is_archived");
  post(world, channel, {
    by: caller,
    text: args.initial_comment ?? "",
    files: shared,
    ...(args.thread_ts !== undefined && { threadTs: args.thread_ts }),
  });
  return undefined;
}
