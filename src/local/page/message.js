/** One message: who, when and what; notes and separators between messages. */
import { renderBlocks } from "./blocks.js";
import { h, tellPerson } from "./dom.js";
import { avatar, file, reactions, threadLink, tools } from "./message-parts.js";
import { isNote } from "./rows.js";
import { act } from "./server.js";
import { inline, mrkdwn, names } from "./text.js";
import { clock, dateOf, dayName, fullTime } from "./time.js";

/**
 * @param {any} row of `rows`
 * @param {{ channel: any, isThread: boolean, openThread: (ts: string) => void }} place
 */
export function renderRow(row, place) {
  switch (row.kind) {
    case "day":
      return separator("day", dayName(row.date));
    case "new":
      return separator("new", "New");
    case "count":
      return separator("day tally", row.replies === 1 ? "1 reply" : `${row.replies} replies`);
    default:
      return isNote(row.message) || row.message.subtype === "tombstone"
        ? note(row.message)
        : message(row, place);
  }
}

const separator = (kind, text) => h("div", { class: kind, role: "separator" }, h("span", {}, text));

function message({ message: it, continues }, place) {
  const author = names.people.get(it.user);
  const kind = `message${continues ? " continues" : ""}${it.isEphemeral ? " ephemeral" : ""}`;
  return h(
    "article",
    { class: kind, "data-ts": it.ts },
    continues ? h("div", { class: "gutter" }, timeOf(it)) : avatar(author),
    h(
      "div",
      { class: "main" },
      it.isEphemeral && h("p", { class: "only-you" }, "Only visible to you"),
      it.pinned_to !== undefined && h("p", { class: "pinned" }, "Pinned"),
      !continues &&
        h(
          "header",
          {},
          h("strong", {}, author?.realName ?? it.user),
          author?.isBot && h("span", { class: "tag" }, "app"),
          timeOf(it),
        ),
      content(it, place),
      (it.files ?? []).map(file),
      reactions(it, place),
      !place.isThread && it.reply_count > 0 && threadLink(it, place),
    ),
    !it.isEphemeral && place.channel.isMember && tools(it, place),
  );
}

function timeOf({ ts }) {
  const when = dateOf(ts);
  return h("time", { datetime: when.toISOString(), title: fullTime(when) }, clock(when));
}

function note(it) {
  const name = names.people.get(it.user)?.realName ?? "";
  const text = it.text.replace(/^<@[A-Z0-9]+> /, "");
  return h(
    "article",
    { class: "message note" },
    h("p", { class: "muted" }, name && `${name} `, inline(text), " ", timeOf(it)),
  );
}

function content(it, place) {
  const hands = {
    focus: it.ts,
    press: (element, block, value) => press(it, place, { element, block, value }),
  };
  const hasBlocks = (it.blocks ?? []).length > 0;
  const plain = it.text === "" ? [] : [mrkdwn(it.text)];
  return [
    hasBlocks ? renderBlocks(it.blocks, hands) : plain,
    (it.attachments ?? []).map((each) => attachment(each, hands)),
    it.edited && h("p", { class: "edited", title: fullTime(dateOf(it.edited.ts)) }, "(edited)"),
  ];
}

async function press(it, place, { element, block, value }) {
  const result = await act(names.me, {
    kind: "click",
    channel: place.channel.id,
    ts: it.ts,
    actionId: element.action_id,
    blockId: block.block_id,
    ...(value !== undefined && { value: Array.isArray(value) ? value.join(",") : value }),
  });
  if (!result.ok) tellPerson(result.what);
}

function attachment(each, hands) {
  const text = each.text ?? each.fallback;
  return h(
    "div",
    { class: "attachment" },
    each.pretext && mrkdwn(each.pretext),
    each.title && h("strong", {}, each.title),
    each.blocks ? renderBlocks(each.blocks, hands) : text && mrkdwn(text),
  );
}
