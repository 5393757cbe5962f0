/** Small things that open above the page: menus of choices and questions with two answers. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { textOf } from "./text.js";

/** Opens a menu under a button; Escape, a click elsewhere or a choice closes it. */
export function openMenu(anchor, label, choices) {
  closeMenu();
  const menu = h(
    "div",
    { class: "menu", role: "menu", "aria-label": label },
    choices.map(({ text, hint, run }) =>
      h(
        "button",
        {
          type: "button",
          role: "menuitem",
          onclick: () => {
            closeMenu();
            anchor.focus();
            run();
          },
        },
        h("span", {}, text),
        hint && h("small", {}, hint),
      ),
    ),
  );
  menu.addEventListener("keydown", (event) => moveInMenu(event, menu, anchor));
  document.body.append(menu);
  const box = anchor.getBoundingClientRect();
  const left = Math.min(box.left, innerWidth - menu.offsetWidth - 8);
  const below = box.bottom + 4;
  const top = below + menu.offsetHeight > innerHeight - 8 ? box.top - menu.offsetHeight - 4 : below;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${Math.max(8, top)}px`;
  anchor.setAttribute("aria-expanded", "true");
  menu.anchor = anchor;
  menu.querySelector("button")?.focus();
  setTimeout(() => document.addEventListener("click", closeOutside));
}

function closeOutside(event) {
  if (event.target.closest?.(".menu") === null) closeMenu();
}

/** @returns {boolean} whether one was open */
export function closeMenu() {
  const menu = document.querySelector(".menu");
  document.removeEventListener("click", closeOutside);
  menu?.anchor?.setAttribute("aria-expanded", "false");
  menu?.remove();
  return menu !== null;
}

function moveInMenu(event, menu, anchor) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined) {
    event.preventDefault();
    items.at((at + step + items.length) % items.length)?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.stopPropagation();
    event.preventDefault();
    closeMenu();
    anchor.focus();
  }
}

/** Asks a confirmation object's question; resolves with whether it was confirmed. */
export function confirmed(question) {
  if (question === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (yes) => () => {
      dialog.close();
      resolve(yes);
    };
    const dialog = h(
      "dialog",
      { class: "dialog small", "aria-labelledby": "confirm-title" },
      h("h2", { id: "confirm-title" }, question.title.text),
      textOf(question.text),
      h(
        "footer",
        {},
        h(
          "button",
          { type: "button", class: "button", onclick: answer(false) },
          question.deny.text,
        ),
        h(
          "button",
          { type: "button", class: `button ${question.style ?? "primary"}`, onclick: answer(true) },
          question.confirm.text,
        ),
      ),
    );
    dialog.addEventListener("cancel", () => resolve(false));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** The title of a dialog with the button that closes it. */
export function dialogTitle(id, text, close) {
  const attributes = { type: "button", class: "icon", "aria-label": "Close", onclick: close };
  return h("header", {}, h("h2", { id }, text), h("button", attributes, icon("close")));
}
