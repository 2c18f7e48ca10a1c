BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "rescue_schema" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK_rescue_schema" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO rescue_schema VALUES('20261123135034_Sessions','10.0.15');
CREATE TABLE IF NOT EXISTS "rescue_presence" (
    "tenant" TEXT NOT NULL,
    "technician" TEXT NOT NULL,
    "presence" TEXT NOT NULL,
    CONSTRAINT "PK_rescue_presence" PRIMARY KEY ("tenant", "technician")
);
CREATE TABLE IF NOT EXISTS "rescue_session" (
    "id" BLOB NOT NULL CONSTRAINT "PK_rescue_session" PRIMARY KEY,
    "tenant" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "idempotency_key" TEXT NULL,
    "belongs_to" TEXT NOT NULL,
    "held_by" TEXT NULL,
    "customer" TEXT NOT NULL,
    "recipient" TEXT NULL,
    "search_text" TEXT NOT NULL,
    "deadline_at" INTEGER NULL,
    "alarm_at" INTEGER NULL,
    "last_seen_at" INTEGER NULL,
    "silent_at" INTEGER NULL,
    "code_live_until" INTEGER NULL,
    "ended_at" INTEGER NULL,
    "applet_key" BLOB NULL,
    "document" TEXT NOT NULL
);
INSERT INTO rescue_session VALUES(X'019cadc69a807b108703ac703883337f','acme','Connecting',2,'ada','click','ada',NULL,'GRACE HOPPER','GRACE@EXAMPLE.ORG',replace('GRACE HOPPER\nT-1','\n',char(10)),639080400000000000,639080394000000000,NULL,NULL,639080400000000000,NULL,NULL,'{"session":{"id":"019cadc69a807b108703ac703883337f","tenant":"acme","customerName":"Grace Hopper","reference":"T-1","language":"fr-CH","timeZone":"Europe/Zurich","forMobileDevice":false,"createdBy":{"id":"ada","name":"Ada Lovelace"},"createdAt":"2026-03-02T09:00:00+00:00","expiresAt":"2026-03-02T09:20:00+00:00","status":"Connecting","statusSince":"2026-03-02T09:00:00+00:00","deadline":{"at":"2026-03-02T09:20:00+00:00","trigger":"Expire"},"alarm":{"at":"2026-03-02T09:10:00+00:00","level":1},"alarmLevel":0,"timeouts":{"connecting":"00:30:00","waiting":"00:40:00","activeIdle":"00:50:00","hold":"14.00:00:00","transfer":"00:02:00","silence":"00:00:45","offline":"00:05:00"},"invitation":{"delivery":"OnMyBehalf","state":"Queued","at":"2026-03-02T09:00:00+00:00","to":"grace@example.org","attempts":0},"version":2},"pinHashes":["11111111111111111111111111111111"],"tokenHashes":["22222222222222222222222222222222"],"sealedCode":"AQID","creator":{"id":"ada","name":"Ada Lovelace","groups":[],"tenant":"acme"}}');
CREATE TABLE IF NOT EXISTS "rescue_code" (
    "kind" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    "session_id" BLOB NOT NULL,
    "live" INTEGER NOT NULL,
    CONSTRAINT "PK_rescue_code" PRIMARY KEY ("kind", "hash", "session_id"),
    CONSTRAINT "FK_rescue_code_rescue_session_session_id" FOREIGN KEY ("session_id") REFERENCES "rescue_session" ("id") ON DELETE CASCADE
);
INSERT INTO rescue_code VALUES('pin',X'11111111111111111111111111111111',X'019cadc69a807b108703ac703883337f',1);
INSERT INTO rescue_code VALUES('token',X'22222222222222222222222222222222',X'019cadc69a807b108703ac703883337f',1);
CREATE TABLE IF NOT EXISTS "rescue_event" (
    "sequence" INTEGER NOT NULL CONSTRAINT "PK_rescue_event" PRIMARY KEY AUTOINCREMENT,
    "session_id" BLOB NOT NULL,
    "tenant" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    CONSTRAINT "FK_rescue_event_rescue_session_session_id" FOREIGN KEY ("session_id") REFERENCES "rescue_session" ("id") ON DELETE CASCADE
);
INSERT INTO rescue_event VALUES(1,X'019cadc69a807b108703ac703883337f','acme','{"sequence":0,"session":"019cadc69a807b108703ac703883337f","tenant":"acme","at":"2026-03-02T09:00:00+00:00","kind":"Created","actor":"Technician","by":{"id":"ada","name":"Ada Lovelace"},"from":"Connecting","to":"Connecting"}');
INSERT INTO rescue_event VALUES(2,X'019cadc69a807b108703ac703883337f','acme','{"sequence":0,"session":"019cadc69a807b108703ac703883337f","tenant":"acme","at":"2026-03-02T09:01:00+00:00","kind":"Alarm","actor":"Service","from":"Connecting","to":"Connecting"}');
CREATE TABLE IF NOT EXISTS "rescue_outbox" (
    "position" INTEGER NOT NULL CONSTRAINT "PK_rescue_outbox" PRIMARY KEY AUTOINCREMENT,
    "id" BLOB NULL,
    "session_id" BLOB NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" BLOB NOT NULL,
    "due_at" INTEGER NOT NULL,
    "available_at" INTEGER NOT NULL,
    "fence" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "begun" INTEGER NOT NULL,
    "uncertain" INTEGER NOT NULL,
    CONSTRAINT "FK_rescue_outbox_rescue_session_session_id" FOREIGN KEY ("session_id") REFERENCES "rescue_session" ("id") ON DELETE CASCADE
);
INSERT INTO rescue_outbox VALUES(1,X'019cadc69a807f5987a4439f83269998',X'019cadc69a807b108703ac703883337f','test',X'6d61696c',639080388000000000,639080388000000000,0,0,0,0);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('rescue_event',2);
INSERT INTO sqlite_sequence VALUES('rescue_outbox',1);
CREATE UNIQUE INDEX "IX_rescue_code_live" ON "rescue_code" ("kind", "hash") WHERE live = 1;
CREATE INDEX "IX_rescue_code_session_id" ON "rescue_code" ("session_id");
CREATE INDEX "IX_rescue_event_session_id_sequence" ON "rescue_event" ("session_id", "sequence");
CREATE INDEX "IX_rescue_event_tenant_sequence" ON "rescue_event" ("tenant", "sequence");
CREATE INDEX "IX_rescue_outbox_available_at" ON "rescue_outbox" ("available_at");
CREATE UNIQUE INDEX "IX_rescue_outbox_id" ON "rescue_outbox" ("id");
CREATE INDEX "IX_rescue_outbox_session_id_position" ON "rescue_outbox" ("session_id", "position");
CREATE INDEX "IX_rescue_session_alarm_at" ON "rescue_session" ("alarm_at") WHERE alarm_at IS NOT NULL;
CREATE INDEX "IX_rescue_session_deadline_at" ON "rescue_session" ("deadline_at") WHERE deadline_at IS NOT NULL;
CREATE INDEX "IX_rescue_session_ended_at" ON "rescue_session" ("ended_at") WHERE ended_at IS NOT NULL;
CREATE INDEX "IX_rescue_session_silent_at" ON "rescue_session" ("silent_at") WHERE silent_at IS NOT NULL;
CREATE INDEX "IX_rescue_session_tenant_belongs_to" ON "rescue_session" ("tenant", "belongs_to") WHERE ended_at IS NULL;
CREATE UNIQUE INDEX "IX_rescue_session_tenant_created_by_idempotency_key" ON "rescue_session" ("tenant", "created_by", "idempotency_key") WHERE idempotency_key IS NOT NULL;
CREATE INDEX "IX_rescue_session_tenant_customer" ON "rescue_session" ("tenant", "customer");
CREATE INDEX "IX_rescue_session_tenant_held_by" ON "rescue_session" ("tenant", "held_by") WHERE held_by IS NOT NULL;
CREATE INDEX "IX_rescue_session_tenant_id" ON "rescue_session" ("tenant", "id");
COMMIT;
