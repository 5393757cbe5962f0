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
`;
