/** The list above the box where a person types: commands after `/`, people after `@`. */
import { h } from "./dom.js";

const suggestionsMax = 8;

/** Arrow keys move in it, Tab or Enter takes, Escape puts it away. */
export function suggestions(box, how) {
  const list = h("ul", { class: "suggestions", role: "listbox", hidden: true });
  let items = [];
  let chosen = 0;
  const offer = (next, index = 0) => {
    items = next;
    chosen = index;
    draw();
  };
  const hide = () => offer([]);
  const accept = (index) => {
    const { from, insert } = items[index];
    hide();
    insertAt(box, from, insert);
  };
  const draw = () => {
    list.hidden = items.length === 0;
    list.replaceChildren(
      ...items.map((item, index) => line(item, index === chosen, () => accept(index))),
    );
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  };
  const refresh = () =>
    offer(matching(box.value.slice(0, box.selectionStart), how).slice(0, suggestionsMax));
  /** Whether the key was for the list. */
  const take = (event) => {
    if (items.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) offer(items, (chosen + step + items.length) % items.length);
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) accept(chosen);
    else if (event.key === "Escape") hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { list, hide, refresh, take };
}

function insertAt(box, from, text) {
  box.setRangeText(`${text} `, from, box.selectionStart, "end");
  box.focus();
  box.dispatchEvent(new Event("input"));
}

function line(item, isChosen, accept) {
  const onmousedown = (event) => {
    event.preventDefault();
    accept();
  };
  return h(
    "li",
    { role: "option", "aria-selected": String(isChosen), onmousedown },
    h("strong", {}, item.title),
    h("span", { class: "muted" }, item.hint),
    h("small", {}, item.description),
  );
}

function matching(before, { commands, people }) {
  if (/^\/[\w-]*$/.test(before))
    return commands()
      .filter((each) => each.command.startsWith(before) && each.command !== before)
      .map(({ command, usageHint, description }) => ({
        from: 0,
        insert: command,
        title: command,
        hint: usageHint,
        description,
      }));
  const mention = /(^|[\s(])@([\p{L}\p{N}_-]*)$/u.exec(before);
  if (mention === null) return [];
  const typed = mention[2].toLowerCase();
  return people()
    .filter((each) => each.name.startsWith(typed) && each.name !== typed)
    .map((each) => ({
      from: before.length - mention[2].length - 1,
      insert: `@${each.name}`,
      title: each.realName,
      hint: `@${each.name}`,
      description: each.isBot ? "app" : "",
    }));
}
