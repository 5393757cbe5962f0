/** The Web API's `users.*` and `bots.*`. */
import { findUser } from "../channels.ts";
import { botUserId } from "../state.ts";
import { method, ok, page, paging, refuse, word, type Methods } from "./method.ts";
import { profileShape, userShape } from "./shapes.ts";

export const people: Methods = {
  "users.info": method({ user: word }, (args, { world }) => {
    const user = findUser(world, args.user);
    return user === undefined ? refuse("user_not_found") : ok({ user: userShape(user) });
  }),

  "users.list": method(paging, (args, { world }) => {
    const part = page(world.state.users, args);
    if (part === undefined) return refuse("invalid_cursor");
    return ok({
      members: part.items.map(userShape),
      response_metadata: { next_cursor: part.next },
    });
  }),

  "users.lookupByEmail": method({ email: word }, (args, { world }) => {
    const user = world.state.users.find((each) => profileShape(each)["email"] === args.email);
    return user === undefined ? refuse("users_not_found") : ok({ user: userShape(user) });
  }),

  "users.profile.get": method({ user: word.optional() }, (args, { world }) => {
    const user = findUser(world, args.user ?? botUserId);
    return user === undefined ? refuse("user_not_found") : ok({ profile: profileShape(user) });
  }),

  "bots.info": method({ bot: word }, (args, { world }) => {
    const user = world.state.users.find((each) => each.bot?.id === args.bot);
    if (user?.bot === undefined) return refuse("bot_not_found");
    const { id, appId } = user.bot;
    return ok({
      bot: { id, app_id: appId, name: user.realName, user_id: user.id, deleted: false },
    });
  }),
};
