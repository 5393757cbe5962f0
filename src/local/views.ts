/** Modals: opened, updated, pushed on top of each other, submitted and closed. */
import { checkView } from "./block-kit.ts";
import { findUser, type Refused } from "./channels.ts";
import { newId } from "./ids.ts";
import { withIds } from "./block-ids.ts";
import { appId, botId, teamId } from "./state.ts";
import { newTrigger } from "./triggers.ts";
import type { Answer, View, World } from "./world.ts";

const stackMax = 3;

export type ViewResult =
  | { readonly view: View }
  | (Refused & { readonly problems?: readonly string[] });

/** Puts a modal before a person; on top of the ones there when `on` says so, in place of all otherwise. */
export function openView(world: World, user: string, input: unknown, on?: "push"): ViewResult {
  const stack = on === "push" ? (world.session.views.get(user) ?? []) : [];
  if (on === "push" && stack.length >= stackMax) return { refused: "push_limit_reached" };
  const checked = checkView(input);
  if ("problems" in checked) return { refused: "invalid_arguments", problems: checked.problems };
  const id = newId("V");
  const view: View = {
    ...checked.value,
    blocks: withIds(checked.value.blocks),
    id,
    hash: `${world.ts()}.${newId("").slice(0, 6)}`,
    openedFor: user,
    rootId: stack[0]?.id ?? id,
    previousId: stack.at(-1)?.id ?? null,
  };
  world.session.views.set(user, [...stack, view]);
  world.feed.changed();
  return { view };
}

export interface ViewChange {
  readonly viewId?: string | undefined;
  readonly externalId?: string | undefined;
  readonly hash?: string | undefined;
  readonly view: unknown;
}

export function updateView(world: World, change: ViewChange): ViewResult {
  const current = [...world.session.views.values()]
    .flat()
    .find((view) =>
      change.viewId === undefined
        ? view.external_id === change.externalId
        : view.id === change.viewId,
    );
  if (current === undefined) return { refused: "not_found" };
  if (change.hash !== undefined && change.hash !== current.hash)
    return { refused: "hash_conflict" };
  const checked = checkView(change.view);
  if ("problems" in checked) return { refused: "invalid_arguments", problems: checked.problems };
  const { id, openedFor, rootId, previousId } = current;
  const view: View = {
    ...checked.value,
    blocks: withIds(checked.value.blocks),
    id,
    openedFor,
    rootId,
    previousId,
    hash: `${world.ts()}.${newId("").slice(0, 6)}`,
  };
  const stack = world.session.views.get(openedFor) ?? [];
  world.session.views.set(
    openedFor,
    stack.map((each) => (each === current ? view : each)),
  );
  world.feed.changed();
  return { view };
}

/** Values by block id, then action id, in the shape of `view.state.values`. */
export type ViewValues = Readonly<Record<string, Readonly<Record<string, ViewValue>>>>;
export type ViewValue = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Sends a filled-in modal to the app and does what its answer says: errors, update, push, clear or close. */
export async function submitView(world: World, view: View, values: ViewValues): Promise<Answer> {
  const answer = await world.ask({
    kind: "interactive",
    payload: {
      type: "view_submission",
      ...viewPayload(world, view, values),
      trigger_id: newTrigger(world, view.openedFor),
      response_urls: [],
    },
  });
  if (answer.outcome !== "answered" || answer.status !== 200)
    view.errors = { "": "The app did not answer in time. Nothing was sent twice; try again." };
  else obey(world, view, answer.body);
  world.feed.changed();
  return answer;
}

export function closeView(world: World, view: View): void {
  dropTop(world, view.openedFor);
  world.feed.changed();
  if (view.notify_on_close === true)
    void world.ask({
      kind: "interactive",
      payload: { type: "view_closed", is_cleared: false, ...viewPayload(world, view, {}) },
    });
}

function obey(world: World, view: View, body: unknown): void {
  const told = typeof body === "object" && body !== null ? body : {};
  const action = "response_action" in told ? told.response_action : "close";
  const content = "view" in told ? told.view : undefined;
  if (action === "errors" && "errors" in told && typeof told.errors === "object") {
    const pairs = Object.entries(told.errors ?? {}).map(
      ([id, text]) => [id, String(text)] as const,
    );
    view.errors = Object.fromEntries(pairs);
    return;
  }
  delete view.errors;
  if (action === "update") updateView(world, { viewId: view.id, view: content });
  else if (action === "push") openView(world, view.openedFor, content, "push");
  else if (action === "clear") world.session.views.delete(view.openedFor);
  else dropTop(world, view.openedFor);
}

function dropTop(world: World, user: string): void {
  const rest = (world.session.views.get(user) ?? []).slice(0, -1);
  if (rest.length > 0) world.session.views.set(user, rest);
  else world.session.views.delete(user);
}

function viewPayload(world: World, view: View, values: ViewValues): Record<string, unknown> {
  return {
    team: { id: teamId, domain: "local" },
    user: userPayload(world, view.openedFor),
    api_app_id: appId,
    token: "local",
    enterprise: null,
    is_enterprise_install: false,
    view: viewAsSlack(view, values),
  };
}

export function userPayload(world: World, id: string): Record<string, unknown> {
  const name = findUser(world, id)?.name ?? id;
  return { id, username: name, name, team_id: teamId };
}

export function viewAsSlack(view: View, values: ViewValues = {}): Record<string, unknown> {
  const { openedFor: _for, rootId, previousId, errors: _errors, ...rest } = view;
  return {
    ...rest,
    team_id: teamId,
    state: { values },
    private_metadata: view.private_metadata ?? "",
    callback_id: view.callback_id ?? "",
    external_id: view.external_id ?? "",
    root_view_id: rootId,
    previous_view_id: previousId,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    app_id: appId,
    app_installed_team_id: teamId,
    bot_id: botId,
  };
}
