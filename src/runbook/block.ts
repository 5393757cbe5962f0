/** What a page of prose is made of, as far as steps are concerned; and how much of a page is looked at. */

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | {
      readonly kind: "item";
      /** Columns before its mark; of HTML two for each list around it. */
      readonly indent: number;
      readonly text: string;
    }
  /** `language`: as the page names it, in lower case; "" where it names none. */
  | {
      readonly kind: "code";
      readonly indent: number;
      readonly language: string;
      readonly text: string;
    }
  | { readonly kind: "text"; readonly indent: number; readonly text: string };

/** A page has no more lines, and a line no more characters: what lies beyond is not read. */
export const linesMax = 20_000;
export const lineCharsMax = 2_000;
export const blocksMax = 5_000;

/** Line ends and runs of spaces as one space. */
export function oneLineOf(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
