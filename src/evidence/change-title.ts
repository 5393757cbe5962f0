/** How a change is titled: by its pull request where there is one, else by its commit's first line. */

const titleMax = 200;

/** "Shrink the pool (#7)", from GitHub's merge message as from its squash; else the first line as it is. */
export function changeTitle(message: string): string {
  const [first = "", next = first] = message
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const merged = /^Merge pull request #(\d+) from /.exec(first);
  return merged ? pullRequestTitle(Number(merged[1]), next) : first.slice(0, titleMax);
}

export function pullRequestTitle(number: number, title: string): string {
  return `${title.slice(0, titleMax)} (#${number})`;
}
