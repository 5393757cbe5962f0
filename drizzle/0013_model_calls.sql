CREATE TABLE "model_call" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"incident_id" text,
	"purpose" text NOT NULL,
	"model" text NOT NULL,
	"tokens_in" integer NOT NULL,
	"tokens_out" integer NOT NULL,
	"cost" double precision,
	"at" timestamp (3) with time zone NOT NULL,
	"ended" text,
	"seconds" double precision,
	CONSTRAINT "model_call_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "model_call" ADD CONSTRAINT "model_call_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_call_incident" ON "model_call" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "model_call_at" ON "model_call" USING btree ("workspace_id","at");