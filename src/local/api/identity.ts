/** The Web API's `auth.*`, `team.*` and `apps.*`. */
import { teamId } from "../state.ts";
import { method, ok, refuse, word, type Methods } from "./method.ts";

/** `openSocket` gives a one-time WebSocket address; absent when the workspace speaks HTTP. */
export const identity = (openSocket: (() => string) | undefined): Methods => ({
  "auth.test": method({}, (_args, { world, caller }) =>
    ok({
      url: `${world.options.publicUrl}/`,
      team: "Local",
      user: caller.name,
      team_id: teamId,
      user_id: caller.id,
      bot_id: caller.bot.id,
      is_enterprise_install: false,
    }),
  ),

  "apps.connections.open": () =>
    openSocket === undefined ? refuse("invalid_auth") : ok({ url: openSocket() }),

  "team.info": method({ team: word.optional() }, (_args, { world }) =>
    ok({
      team: {
        id: teamId,
        name: "Local",
        domain: "local",
        email_domain: "",
        url: `${world.options.publicUrl}/`,
      },
    }),
  ),
});
