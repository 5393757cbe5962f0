/** Where a person types: Enter sends, Shift+Enter breaks the line, `/` and `@` offer what can follow, files attach. */
import { h, tellPerson } from "./dom.js";

const suggestionsMax = 8;

/**
 * @param {{ label: string, say: (text: string) => Promise<{ ok: boolean, what?: string }>, attach: (file: File) => Promise<{ ok: boolean, what?: string }>,
 *   commands: () => readonly any[], people: () => readonly any[] }} how
 */
export function composer(how) {
  const list = h("ul", { class: "suggestions", role: "listbox", hidden: true });
  const box = h("textarea", {
    class: "typing",
    rows: "1",
    placeholder: how.label,
    "aria-label": how.label,
    "aria-autocomplete": "list",
    "data-focus": how.label,
  });
  const picker = h("input", { type: "file", hidden: true, "aria-hidden": "true", tabindex: "-1" });
  const send = async () => {
    const text = box.value;
    if (text.trim() === "") return;
    box.value = "";
    grow();
    const result = await how.say(text);
    if (result.ok) return;
    tellPerson(result.what);
    if (box.value === "") box.value = text;
    grow();
  };
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
    sendButton.disabled = box.value.trim() === "";
  };
  const sendButton = h(
    "button",
    { type: "button", class: "button primary send", disabled: true, onclick: send },
    "Send",
  );
  const offered = suggestions(box, list, how);

  box.addEventListener("input", () => {
    grow();
    offered.refresh();
  });
  box.addEventListener("blur", () => setTimeout(offered.hide, 150));
  box.addEventListener("keydown", (event) => {
    if (offered.take(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });
  picker.addEventListener("change", async () => {
    for (const file of picker.files) {
      const result = await how.attach(file);
      if (!result.ok) tellPerson(result.what);
    }
    picker.value = "";
  });
  return h(
    "div",
    { class: "composer" },
    list,
    h(
      "div",
      { class: "frame" },
      h(
        "button",
        {
          type: "button",
          class: "icon",
          "aria-label": "Attach a file",
          title: "Attach a file",
          onclick: () => picker.click(),
        },
        "+",
      ),
      box,
      sendButton,
    ),
    picker,
  );
}

/** The list above the box; arrow keys move in it, Tab or Enter takes, Escape puts it away. */
function suggestions(box, list, how) {
  let items = [];
  let chosen = 0;
  const hide = () => {
    items = [];
    list.hidden = true;
  };
  const accept = (index) => {
    const { from, insert } = items[index];
    box.setRangeText(`${insert} `, from, box.selectionStart, "end");
    hide();
    box.focus();
    box.dispatchEvent(new Event("input"));
  };
  const draw = () => {
    list.hidden = items.length === 0;
    list.replaceChildren(
      ...items.map((item, index) =>
        h(
          "li",
          {
            role: "option",
            "aria-selected": String(index === chosen),
            onmousedown: (event) => {
              event.preventDefault();
              accept(index);
            },
          },
          h("strong", {}, item.title),
          h("span", { class: "muted" }, item.hint),
          h("small", {}, item.description),
        ),
      ),
    );
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  };
  return {
    hide,
    refresh: () => {
      items = matching(box.value.slice(0, box.selectionStart), how).slice(0, suggestionsMax);
      chosen = 0;
      draw();
    },
    /** @returns {boolean} whether the key was for the list */
    take: (event) => {
      if (items.length === 0) return false;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
        draw();
      } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) accept(chosen);
      else if (event.key === "Escape") hide();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}

function matching(before, how) {
  const command = /^\/[\w-]*$/.exec(before);
  if (command !== null)
    return how
      .commands()
      .filter((each) => each.command.startsWith(before) && each.command !== before)
      .map((each) => ({
        from: 0,
        insert: each.command,
        title: each.command,
        hint: each.usageHint,
        description: each.description,
      }));
  const mention = /(^|[\s(])@([\p{L}\p{N}_-]*)$/u.exec(before);
  if (mention === null) return [];
  const typed = mention[2].toLowerCase();
  return how
    .people()
    .filter((each) => each.name.startsWith(typed) && each.name !== typed)
    .map((each) => ({
      from: before.length - mention[2].length - 1,
      insert: `@${each.name}`,
      title: each.realName,
      hint: `@${each.name}`,
      description: each.isBot ? "app" : "",
    }));
}
