CREATE TABLE "cause_label" (
	"workspace_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"cause" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "led_to" (
	"workspace_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"fix_id" text NOT NULL,
	"pointer" text NOT NULL,
	"check_id" text,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cause_label" ADD CONSTRAINT "cause_label_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "led_to" ADD CONSTRAINT "led_to_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "led_to" ADD CONSTRAINT "led_to_fix_id_suggestion_id_fk" FOREIGN KEY ("fix_id") REFERENCES "public"."suggestion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "led_to" ADD CONSTRAINT "led_to_check_id_suggestion_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."suggestion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cause_label_incident" ON "cause_label" USING btree ("workspace_id","incident_id");--> statement-breakpoint
CREATE INDEX "led_to_incident" ON "led_to" USING btree ("workspace_id","incident_id");--> statement-breakpoint
CREATE INDEX "timeline_entry_credited" ON "timeline_entry" USING btree ("incident_id","seq") WHERE "timeline_entry"."kind" = 'credited';