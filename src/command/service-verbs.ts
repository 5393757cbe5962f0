/** What the first words of programs for services, hosts, stores and clouds do. */

import type { Verbs } from "./container-verbs.ts";

export const serviceVerbs: Readonly<Record<string, Verbs>> = {
  systemctl: {
    valued: "-p --property -t --type --state -n --lines -o --output -H --host -M --machine",
    reading:
      "status;show;cat;list-units;list-unit-files;list-timers;list-sockets;list-jobs;list-dependencies;is-active;is-enabled;is-failed;is-system-running;get-default;help;show-environment",
    changing:
      "start;stop;restart;reload;try-restart;reload-or-restart;kill;enable;disable;mask;unmask;daemon-reload;daemon-reexec;reset-failed;isolate;set-property;set-default;edit;revert;link;preset;reboot;poweroff;halt;suspend;rescue;emergency;kexec;set-environment;unset-environment;import-environment;clean;freeze;thaw;soft-reboot",
  },
  loginctl: {
    reading: "list-sessions;list-users;session-status;user-status;show-session;show-user",
    changing: "terminate-session;kill-session;terminate-user;kill-user;lock-session",
  },
  timedatectl: {
    reading: "status;show;timesync-status;list-timezones;show-timesync",
    changing: "set-time;set-timezone;set-ntp;set-local-rtc",
  },
  chronyc: {
    valued: "-h -p",
    reading: "tracking;sources;sourcestats;activity;ntpdata;clients;serverstats",
    changing: "makestep;burst;online;offline;settime;shutdown",
  },
  supervisorctl: {
    valued: "-c -s -u -p",
    reading: "status;pid;tail;avail;version",
    changing: "start;stop;restart;reload;update;reread;signal;shutdown;clear;add;remove",
  },
  pm2: {
    reading: "list;ls;status;show;describe;logs;monit;info;env;report;jlist;prettylist",
    changing: "start;stop;restart;reload;delete;kill;flush;scale;save;startup;reset;resurrect",
  },
  helmfile: {
    valued: "-e --environment -f --file -l --selector",
    reading: "list;status;diff;template;lint",
    changing: "apply;sync;destroy;delete",
  },
  terraform: {
    isWhole: true,
    valued: "-chdir",
    reading:
      "plan;show;output;validate;version;providers;graph;state list;state show;workspace list;workspace show",
    changing:
      "apply;destroy;import;taint;untaint;init;refresh;state rm;state mv;state push;workspace new;workspace delete;workspace select;force-unlock",
    except: "-out",
  },
  flyctl: {
    valued: "-a --app -c --config -r --region -o --org -n --limit",
    reading:
      "status;logs;apps list;releases;checks list;scale show;secrets list;version;machine list;machines list;machine status;volumes list;regions list;ips list;certs list;certs show;info;config show;doctor;platform status;postgres list;services list;image show;history;auth whoami",
    changing:
      "deploy;launch;scale count;scale vm;scale memory;secrets set;secrets unset;machine restart;machine stop;machine start;machine destroy;machine update;machine run;machine clone;machine kill;apps restart;apps destroy;restart;suspend;resume;volumes create;volumes destroy;volumes extend;regions set;ips release;config save;postgres restart;postgres failover",
  },
  heroku: {
    valued: "-a --app -n --num -r --remote -d --dyno -s --source",
    reading:
      "ps;logs;releases;releases:info;config;config:get;pg:info;pg:ps;pg:locks;pg:blocking;pg:long-running-queries;pg:diagnose;pg:bloat;pg:cache-hit;pg:index-usage;info;apps:info;addons;addons:info;status;maintenance;drains;domains;redis:info;auth:whoami;features",
    changing:
      "ps:restart;restart;dyno:restart;ps:scale;scale;ps:stop;dyno:kill;rollback;releases:rollback;config:set;config:unset;run;maintenance:on;maintenance:off;pg:killall;pg:kill;pg:reset;pg:promote;apps:destroy;addons:create;addons:destroy;features:enable;features:disable",
  },
  consul: {
    isWhole: true,
    valued: "-http-addr -token -datacenter",
    reading:
      "members;info;catalog datacenters;catalog nodes;catalog services;kv get;operator raft list-peers;intention list;intention check;version;monitor;rtt",
    changing:
      "kv put;kv delete;leave;force-leave;reload;join;maint;lock;exec;intention create;intention delete;services register;services deregister;operator raft remove-peer",
  },
  vault: {
    isWhole: true,
    valued: "-address -namespace -format -field",
    reading:
      "status;read;list;kv get;kv list;kv metadata get;token lookup;policy list;policy read;auth list;secrets list;audit list;operator raft list-peers;version;operator members",
    changing:
      "write;delete;kv put;kv delete;kv destroy;kv patch;token revoke;token create;token renew;lease revoke;operator seal;operator unseal;operator step-down;policy write;policy delete;auth enable;auth disable;secrets enable;secrets disable;login;patch",
  },
  nomad: {
    isWhole: true,
    valued: "-address -region -namespace -token",
    reading:
      "status;job status;job history;job inspect;job deployments;alloc status;alloc logs;alloc fs;node status;server members;deployment list;deployment status;eval status;operator raft list-peers;version;ui",
    changing:
      "job run;job stop;job revert;job scale;job promote;alloc restart;alloc stop;alloc signal;node drain;node eligibility;deployment promote;deployment fail;deployment pause;system gc;run;stop",
  },
  argocd: {
    valued: "--server --auth-token -o --output",
    reading:
      "app get;app list;app history;app diff;app logs;app manifests;app resources;cluster list;proj list;repo list;version",
    changing:
      "app sync;app rollback;app delete;app set;app terminate-op;app create;app patch;app delete-resource;app actions run",
  },
  istioctl: {
    valued: "-n --namespace -i --istioNamespace",
    reading: "proxy-status;ps;analyze;version;proxy-config;pc;describe;x describe;authz check",
    changing: "install;upgrade;uninstall;kube-inject;tag set",
  },
  linkerd: {
    valued: "-n --namespace",
    reading:
      "check;version;viz stat;viz top;viz tap;viz edges;viz routes;stat;top;tap;edges;routes;diagnostics",
    changing: "install;upgrade;uninstall;inject;uninject",
  },
  etcdctl: {
    valued: "--endpoints --cacert --cert --key -w --write-out --user",
    reading:
      "get;endpoint health;endpoint status;endpoint hashkv;member list;alarm list;version;check perf;watch;lease list",
    changing:
      "put;del;compaction;defrag;member remove;member add;member update;alarm disarm;snapshot save;snapshot restore;lease revoke;move-leader;auth;role;user;txn",
  },
  rabbitmqctl: {
    valued: "-n --node -p --vhost -t --timeout",
    reading:
      "status;cluster_status;environment;report;ping;version;node_health_check;list_queues;list_connections;list_channels;list_consumers;list_exchanges;list_bindings;list_users;list_vhosts;list_permissions;list_policies;list_parameters;list_unresponsive_queues",
    changing:
      "stop;stop_app;start_app;reset;force_reset;restart;purge_queue;delete_queue;delete_user;add_user;change_password;set_policy;clear_policy;forget_cluster_node;join_cluster;close_connection;close_all_connections;set_vm_memory_high_watermark;set_permissions;delete_vhost;rotate_logs;shutdown;sync_queue;cancel_sync_queue",
  },
  amtool: {
    valued: "--alertmanager.url --output -o",
    reading:
      "alert;alert query;silence query;config show;config routes;config routes test;check-config;cluster show",
    changing: "silence add;silence expire;silence update;silence import;alert add",
  },
  logcli: {
    valued: "--addr --limit --since --from --to --output -o -q --org-id",
    reading: "query;labels;series;instant-query;stats;volume",
    changing: "delete",
  },
  nft: {
    valued: "",
    reading: "list",
    changing: "add;delete;flush;insert;replace;create;reset;rename;-f",
  },
  tc: {
    reading: "qdisc show;class show;filter show;qdisc;-s qdisc",
    changing:
      "qdisc add;qdisc del;qdisc replace;qdisc change;class add;class del;filter add;filter del",
  },
  brctl: { reading: "show;showmacs;showstp", changing: "addbr;delbr;addif;delif" },
  gh: {
    valued: "-R --repo -L --limit --json -q --jq",
    reading:
      "pr list;pr view;pr diff;pr status;pr checks;run list;run view;run watch;issue list;issue view;release list;release view;repo view;workflow list;workflow view;search;status;api rate_limit;deployment list",
    changing:
      "pr merge;pr close;pr create;pr edit;pr review;pr comment;pr ready;pr reopen;run rerun;run cancel;run delete;issue create;issue close;issue comment;issue edit;release create;release delete;release edit;workflow run;workflow enable;workflow disable;repo delete;repo create;secret set;secret delete;variable set",
  },
};
