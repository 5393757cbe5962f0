/** How the pages look: plain, light and dark, readable on a phone. */

export const stylesheet = `
:root { color-scheme: light dark; --ink: #1c2321; --soft: #5b6663; --paper: #ffffff; --line: #dcdfdc;
  --accent: #0f5f5c; --code: #f4f4f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ebe9; --soft: #9aa5a1; --paper: #121617;
  --line: #2b3334; --accent: #6fc9bd; --code: #1b2122; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 720px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 40px 0 8px; }
h3 { font-size: 16px; margin: 0; overflow-wrap: anywhere; }
p { margin: 4px 0; overflow-wrap: anywhere; }
.aside { color: var(--soft); font-size: 14px; }
.sample { border-left: 3px solid var(--soft); padding-left: 10px; }
section { border-top: 1px solid var(--line); padding: 16px 0; }
section:target { outline: 2px solid var(--accent); outline-offset: 8px; border-radius: 4px; }
svg { display: block; width: 100%; height: auto; margin: 8px 0; }
.chart svg { max-width: 520px; }
.chart text { fill: var(--ink); }
.chart .role-axis-label text, .chart .role-axis-title text { fill: var(--soft); }
.chart .role-axis-grid line, .chart .role-axis-tick line, .chart .role-axis-domain line { stroke: var(--line); }
.chart .role-mark line { stroke: var(--soft); }
polyline { fill: none; stroke: var(--accent); stroke-width: 2; vector-effect: non-scaling-stroke; }
.onset { stroke: var(--soft); stroke-dasharray: 4 4; vector-effect: non-scaling-stroke; }
pre { margin: 8px 0 0; padding: 12px; overflow-x: auto; background: var(--code); border-radius: 6px;
  font-size: 13px; line-height: 1.45; }
pre.query { white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--accent); }
summary { cursor: pointer; color: var(--soft); font-size: 14px; }
.postmortem section { border: 0; padding: 8px 0; }
.postmortem h1 { margin-top: 16px; }
.postmortem h2 { margin: 8px 0 4px; }
.postmortem h3 { margin-top: 12px; }
.postmortem ul, .postmortem ol { margin: 4px 0; padding-left: 24px; }
.postmortem li { margin: 4px 0; overflow-wrap: anywhere; }
.postmortem li.task { list-style: none; text-indent: -20px; }
.postmortem blockquote { margin: 8px 0; padding-left: 12px; border-left: 3px solid var(--line); color: var(--soft); }
.postmortem code { background: var(--code); padding: 1px 4px; border-radius: 4px; font-size: 14px; }
.said { margin: 16px 0; padding: 12px; background: var(--code); border-left: 3px solid var(--accent); }
details { margin: 8px 0; }
details[open] { border-left: 2px solid var(--line); padding-left: 12px; }
summary { padding: 4px 0; }
summary:hover { color: var(--accent); }
textarea { box-sizing: border-box; width: 100%; margin: 8px 0; padding: 8px; resize: vertical;
  font: 14px/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; color: var(--ink); background: var(--code);
  border: 1px solid var(--line); border-radius: 6px; }
.deeds { display: flex; gap: 12px; align-items: center; justify-content: flex-end; }
select, button { font: inherit; color: var(--ink); background: var(--code); border: 1px solid var(--line);
  border-radius: 6px; padding: 6px 12px; }
button { background: var(--accent); border-color: var(--accent); color: var(--paper); cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;
