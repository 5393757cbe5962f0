/** What people call what they did: the verbs of each kind of deed. */

import type { DeedKind } from "../vocabulary.ts";

const looks = `read|check|check on|look at|look into|look through|look over|look in|go through|go over|pull|pull up|
    grab|take|dump|capture|eyeball|skim|review|inspect|compare|diff|grep|grep for|grep through|tail|query|open|count|
    measure|time|test|verify|confirm|examine|trace|profile|sample|plot|graph|split|split out|break down|cat|peek|
    peek at|scan|comb through|stare at|glance at|find|see|rule out|double-check|doublecheck|watch|look up|list|
    describe|fetch|collect|walk through|dig through|dig into|audit|sift through|probe|ping|curl|record|print|
    hunt through|search|search for|cross-check|bisect|exclude|eliminate|spot-check|step through|study|snapshot|
    look|poke at|run|spot|ls|view|pull out|download|generate|trigger|sort|rank|sum|notice|observe|monitor|
    survey|scroll through|flip through|page through|cross-reference|validate|calculate|work out|log|compute|
    correlate|line up|overlay|benchmark`;

/**
 * By their base; behind it what belongs to it: "turn off" is told by "turned off" and by "turned the flag off".
 * A verb may tell of several kinds: which it is, what it was done to says.
 */
export const verbs: Readonly<Record<DeedKind, string>> = {
  raise: `raise|increase|bump|bump up|double|triple|quadruple|up|enlarge|lift|extend|widen|crank up|jack up|push up|pump up|beef up|
    expand|boost|bring up|put up|turn up|dial up|grow|loosen|relax|give`,
  lower: `lower|shorten|reduce|cut|cut down|drop|decrease|shrink|bring down|turn down|dial down|dial back|tighten|halve|trim|cap|
    clip|slash|lessen|clamp|clamp down|pull in|pull down|push down|put down`,
  set: `set|set up|change|put|move|pin|configure|patch|edit|adjust|tune|switch|update`,
  add: `add|upscale|scale|scale up|scale out|spin up|start|start up|bring up|throw|throw in|provision|launch|beef up|double|triple|
    quadruple|raise|increase|bump|bump up|up|boost|put in|stand up|crank up|give|put`,
  revert: `revert|downgrade|take out|roll back|undo|back out|pull|yank|restore|put back|take back|unwind|walk back|switch back|flip back|change back|
    reset|set back|turn back|move back|go back|bring back|drop back`,
  "turn-off": `turn off|turn back|switch off|switch back|flip off|flip back|flip|toggle|toggle off|toggle back|disable|kill|
    deactivate|shut off|shut down|cut|cut off|unset|zero|zero out|take out|ramp down|dial down|pull|unship|stub|stub out|
    bypass|skip|drop|short-circuit|comment out|mock|mock out|detach|unplug|stop|remove|hide|gate|take down|rip out|revert`,
  restart: `restart|reboot|bounce|kick|cycle|power-cycle|power cycle|recycle|respawn|reload|relaunch|start again|roll|replace|
    delete|kill|nuke|recreate|re-create|restart|hup`,
  end: `kill|shoot down|take down|terminate|cancel|end|shoot|abort|drop|kick|kick out|nuke|stop|zap|boot|kill off|close|roll back|evict|disconnect|
    get rid of|interrupt`,
  pause: `pause|suspend|stop|hold|hold off|hold back|halt|freeze|delay|postpone|park|defer|disable|kill|turn off|switch off|cancel|
    abort|push back|push out|reschedule|unschedule|put off|put on hold|move|throttle|shut down|shut off|scale down|block|lock|
    slow down|put on ice|put to sleep`,
  move: `move|shift|drain|evacuate|weight|divert|steer|reroute|re-route|route|redirect|take out|take|pull|pull out|weight out|fail|
    fail away|fail out|send|point|repoint|direct|flip|cordon|cordon off|empty|evict|remove|kick|kick out|isolate|reschedule|
    migrate|drop|taint|switch|swing|retire|kill|terminate|get off`,
  "fail-over": `fail over|fail|switch over|switch|flip|flip over|move|move over|promote|repoint|point|cut over|swing|swap|route|
    redirect|activate|enable|turn on|switch on`,
  renew: `renew|reissue|re-issue|redeploy|re-deploy|ship|replace|rotate|swap|swap out|issue|install|deploy|upload|push|roll out|refresh|update|re-sign|extend`,
  revoke: `revoke|disable|rotate|deactivate|invalidate|kill|block|lock|lock out|expire|remove|turn off|nuke|cycle|cut off|
    pull|roll|swap`,
  limit: `block|ban|throttle|rate-limit|rate limit|ratelimit|limit|cap|cut|shed|drop|reject|deny|denylist|blacklist|blocklist|clamp|
    clamp down on|cut off|firewall|blackhole|null-route|turn away|kick out|kick|black-hole|429|squeeze`,
  skip: `skip|park|set aside|move|remove|drop|quarantine|discard|ack|purge|delete|jump|eject|advance|shelve|put aside|take out|
    dead-letter|divert|pull out|get rid of|step over|jump over|kick|commit past|step past|move past|seek|seek past|fast-forward`,
  refresh: `refresh|update|rebuild|recompute|regenerate|renew|analyze|analyse|vacuum|recollect|gather`,
  run: `run|execute|do|use|fire|fire off|issue|start|attach|type|launch|rerun|re-run|call|try|hit|apply|invoke|make`,
  look: looks,
  read: looks,
  find: "",
};

/** Past forms; what follows the rule is known besides, for people write it. */
export const irregular: Readonly<Record<string, string>> = {
  bring: "brought",
  cut: "cut",
  put: "put",
  grow: "grew|grown",
  give: "gave|given",
  set: "set",
  throw: "threw|thrown",
  spin: "spun",
  take: "took|taken",
  shrink: "shrank|shrunk",
  undo: "undid|undone",
  unwind: "unwound",
  go: "went|gone",
  shut: "shut",
  shoot: "shot",
  hold: "held",
  freeze: "froze|frozen",
  send: "sent",
  swing: "swung",
  shed: "shed",
  run: "ran",
  rerun: "reran",
  "re-run": "re-ran",
  do: "did|done",
  hit: "hit",
  read: "read",
  get: "got|gotten",
  find: "found",
  see: "saw|seen",
  break: "broke|broken",
  split: "split",
  lay: "laid",
  draw: "drew|drawn",
  rebuild: "rebuilt",
  redo: "redid|redone",
  stand: "stood",
  cancel: "cancelled|canceled",
  dig: "dug",
  make: "made",
  show: "showed|shown",
  rip: "ripped",
  cat: "cat'd|catted|cat",
  ls: "ls'd|ls'ed",
  up: "upped",
  429: "429'd|429'ed",
  ack: "acked|ack'd",
  sum: "summed",
  diff: "diffed|diff'd",
  curl: "curled|curl'd",
};
