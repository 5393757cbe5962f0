/** Who calls the Web API: which bot a token belongs to. */
import { botUserId, type User } from "../state.ts";
import type { World } from "../world.ts";

/** A bot's user, or the app itself when it opens a socket with its app-level token. */
export type Caller = User & { readonly bot: NonNullable<User["bot"]> };

export type CallerResult =
  | { readonly caller: Caller }
  | { readonly error: "not_authed" | "invalid_auth" };

/** The token is in the `Authorization` header or in the `token` argument; the app's own token only opens sockets. */
export function callerOf(world: World, token: string | undefined, method: string): CallerResult {
  if (token === undefined || token === "") return { error: "not_authed" };
  const { botToken, appToken, apps } = world.options;
  const isOurs = token === (method === "apps.connections.open" ? appToken : botToken);
  const app = apps?.find((each) => each.token === token);
  const user = world.state.users.find((each) =>
    isOurs ? each.id === botUserId : each.bot !== undefined && each.realName === app?.name,
  );
  if (user?.bot === undefined) return { error: "invalid_auth" };
  return { caller: { ...user, bot: user.bot } };
}
