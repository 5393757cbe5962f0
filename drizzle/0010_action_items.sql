CREATE TABLE "action_item" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"revision" integer NOT NULL,
	"incident_id" text NOT NULL,
	"text" text NOT NULL,
	"owner" text,
	"due" date,
	"priority" text NOT NULL,
	"state" text NOT NULL,
	"link" text,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "action_item_id_revision_pk" PRIMARY KEY("id","revision")
);
--> statement-breakpoint
ALTER TABLE "action_item" ADD CONSTRAINT "action_item_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "action_item_incident" ON "action_item" USING btree ("incident_id");