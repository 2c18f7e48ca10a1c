using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rescue.Sessions.EntityFrameworkCore.Model;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Puts the tables into a host's own model.</summary>
public static class RescueSessionsModelBuilderExtensions
{
    /// <summary>
    /// Adds the tables of the durable stores, all named <c>rescue_…</c>, to a model whose migrations the host keeps itself. The host then
    /// tells <c>UseEntityFrameworkCore</c> not to upgrade the schema. What the host's conventions say of types, lengths, collations and generated values does
    /// not reach these tables; what its code says of all tables afterwards does.
    /// </summary>
    public static ModelBuilder AddRescueSessions(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<SessionRow>(session =>
        {
            session.LeavesRoom(60);
            session.ToTable("rescue_session").HasKey(row => row.Id);
            session.Property(row => row.Id).HasColumnName("id");
            session.Property(row => row.Tenant).HasColumnName("tenant");
            session.Property(row => row.Status).HasColumnName("status");
            session.Property(row => row.Version).HasColumnName("version");
            session.Property(row => row.CreatedBy).HasColumnName("created_by");
            session.Property(row => row.IdempotencyKey).HasColumnName("idempotency_key");
            session.Property(row => row.BelongsTo).HasColumnName("belongs_to");
            session.Property(row => row.HeldBy).HasColumnName("held_by");
            session.Property(row => row.OfferedTo).HasColumnName("offered_to");
            session.Property(row => row.Customer).HasColumnName("customer");
            session.Property(row => row.Recipient).HasColumnName("recipient");
            session.Property(row => row.SearchText).HasColumnName("search_text");
            session.Property(row => row.DeadlineAt).HasColumnName("deadline_at");
            session.Property(row => row.AlarmAt).HasColumnName("alarm_at");
            session.Property(row => row.LastSeenAt).HasColumnName("last_seen_at");
            session.Property(row => row.SilentAt).HasColumnName("silent_at");
            session.Property(row => row.CodeLiveUntil).HasColumnName("code_live_until");
            session.Property(row => row.EndedAt).HasColumnName("ended_at");
            session.Property(row => row.AppletKey).HasColumnName("applet_key");
            session.Property(row => row.Document).HasColumnName("document");
            session.HasIndex(row => new { row.Tenant, row.Id });
            session.HasIndex(row => new { row.Tenant, row.Status, row.Id });
            session.HasIndex(row => new { row.Tenant, row.CreatedBy, row.IdempotencyKey }).IsUnique().HasFilter("idempotency_key IS NOT NULL");
            session.HasIndex(row => new { row.Tenant, row.BelongsTo, row.Id }).HasFilter("ended_at IS NULL");
            session.HasIndex(row => new { row.Tenant, row.BelongsTo, row.Id }, "IX_rescue_session_tenant_belongs_to_ended").HasFilter("ended_at IS NOT NULL");
            session.HasIndex(row => new { row.Tenant, row.OfferedTo, row.Id }).HasFilter("offered_to IS NOT NULL");
            session.HasIndex(row => new { row.Tenant, row.HeldBy }).HasFilter("held_by IS NOT NULL");
            session.HasIndex(row => new { row.Tenant, row.Customer, row.Id });
            session.HasIndex(row => new { row.Tenant, row.Recipient, row.Id }).HasFilter("recipient IS NOT NULL");
            session.HasIndex(row => row.DeadlineAt).HasFilter("deadline_at IS NOT NULL");
            session.HasIndex(row => row.AlarmAt).HasFilter("alarm_at IS NOT NULL");
            session.HasIndex(row => row.SilentAt).HasFilter("silent_at IS NOT NULL");
            session.HasIndex(row => row.EndedAt).HasFilter("ended_at IS NOT NULL");
        });
        modelBuilder.Entity<CodeRow>(code =>
        {
            code.LeavesRoom(80);
            code.ToTable("rescue_code").HasKey(row => new { row.Kind, row.Hash, row.SessionId });
            code.Property(row => row.Kind).HasColumnName("kind");
            code.Property(row => row.Hash).HasColumnName("hash");
            code.Property(row => row.SessionId).HasColumnName("session_id");
            code.Property(row => row.Live).HasColumnName("live");
            code.Property(row => row.Instance).HasColumnName("instance");
            code.HasIndex(row => row.Hash).IsUnique().HasFilter("kind = 'pin' AND live = 1").HasDatabaseName("IX_rescue_code_live_pin");
            code.HasOne<SessionRow>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<EventRow>(happened =>
        {
            happened.ToTable("rescue_event").HasKey(row => row.Sequence);
            happened.Property(row => row.Sequence).HasColumnName("sequence");
            happened.Property(row => row.SessionId).HasColumnName("session_id");
            happened.Property(row => row.Tenant).HasColumnName("tenant");
            happened.Property(row => row.Document).HasColumnName("document");
            happened.HasIndex(row => new { row.SessionId, row.Sequence });
            happened.HasIndex(row => new { row.Tenant, row.Sequence });
            happened.HasOne<SessionRow>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<OutboxRow>(message =>
        {
            message.LeavesRoom(70);
            message.ToTable("rescue_outbox").HasKey(row => row.Position);
            message.Property(row => row.Position).HasColumnName("position");
            message.Property(row => row.Id).HasColumnName("id");
            message.Property(row => row.SessionId).HasColumnName("session_id");
            message.Property(row => row.Kind).HasColumnName("kind");
            message.Property(row => row.Payload).HasColumnName("payload");
            message.Property(row => row.DueAt).HasColumnName("due_at");
            message.Property(row => row.AvailableAt).HasColumnName("available_at");
            message.Property(row => row.Fence).HasColumnName("fence");
            message.Property(row => row.Attempts).HasColumnName("attempts");
            message.Property(row => row.Begun).HasColumnName("begun");
            message.Property(row => row.Uncertain).HasColumnName("uncertain");
            message.HasIndex(row => row.Id).IsUnique();
            message.HasIndex(row => new { row.AvailableAt, row.Position });
            message.HasIndex(row => row.DueAt);
            message.HasIndex(row => new { row.SessionId, row.Position });
            message.HasOne<SessionRow>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<HeartbeatRow>(heartbeat =>
        {
            heartbeat.LeavesRoom(50);
            heartbeat.ToTable("rescue_heartbeat").HasKey(row => row.SessionId);
            heartbeat.Property(row => row.SessionId).HasColumnName("session_id");
            heartbeat.Property(row => row.SeenAt).HasColumnName("seen_at");
            heartbeat.HasOne<SessionRow>().WithOne().HasForeignKey<HeartbeatRow>(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<LeaseRow>(lease =>
        {
            lease.ToTable("rescue_lease").HasKey(row => row.Name);
            lease.Property(row => row.Name).HasColumnName("name");
            lease.Property(row => row.Holder).HasColumnName("holder");
            lease.Property(row => row.HeldUntil).HasColumnName("held_until");
        });
        modelBuilder.Entity<PresenceRow>(presence =>
        {
            presence.ToTable("rescue_presence").HasKey(row => new { row.Tenant, row.Technician });
            presence.Property(row => row.Tenant).HasColumnName("tenant");
            presence.Property(row => row.Technician).HasColumnName("technician");
            presence.Property(row => row.Name).HasColumnName("name");
            presence.Property(row => row.SeenAt).HasColumnName("seen_at");
            presence.Property(row => row.Presence).HasColumnName("presence");
            presence.HasIndex(row => new { row.Tenant, row.SeenAt });
            presence.HasIndex(row => row.SeenAt);
        });
        modelBuilder.Entity<RequestRow>(request =>
        {
            request.ToTable("rescue_request").HasKey(row => row.Hash);
            request.Property(row => row.Hash).HasColumnName("hash");
            request.Property(row => row.SessionId).HasColumnName("session_id");
            request.Property(row => row.RepeatedUntil).HasColumnName("repeated_until");
            request.HasIndex(row => row.RepeatedUntil);
        });
        modelBuilder.Entity<SettingRow>(setting =>
        {
            setting.ToTable("rescue_setting").HasKey(row => new { row.Tenant, row.Name, row.Version });
            setting.Property(row => row.Tenant).HasColumnName("tenant");
            setting.Property(row => row.Name).HasColumnName("name");
            setting.Property(row => row.Version).HasColumnName("version");
            setting.Property(row => row.Value).HasColumnName("value");
            setting.Property(row => row.SavedById).HasColumnName("saved_by_id");
            setting.Property(row => row.SavedByName).HasColumnName("saved_by_name");
            setting.Property(row => row.SavedAt).HasColumnName("saved_at");
        });
        modelBuilder.Entity<LimitRow>(limit =>
        {
            limit.ToTable("rescue_limit").HasKey(row => new { row.Key, row.Window });
            limit.Property(row => row.Key).HasColumnName("key");
            limit.Property(row => row.Window).HasColumnName("window_number");
            limit.Property(row => row.Count).HasColumnName("count");
            limit.Property(row => row.ForgottenAt).HasColumnName("forgotten_at");
            limit.HasIndex(row => row.ForgottenAt);
        });
        modelBuilder.Entity<SubscriptionRow>(subscription =>
        {
            subscription.LeavesRoom(50);
            subscription.ToTable("rescue_subscription").HasKey(row => row.Name);
            subscription.Property(row => row.Name).HasColumnName("name");
            subscription.Property(row => row.Position).HasColumnName("position");
            subscription.Property(row => row.Fence).HasColumnName("fence");
            subscription.Property(row => row.Holder).HasColumnName("holder");
            subscription.Property(row => row.HeldUntil).HasColumnName("held_until");
        });
        modelBuilder.Entity<HeldEventRow>(held =>
        {
            held.ToTable("rescue_held_event").HasKey(row => new { row.Subscription, row.Sequence });
            held.Property(row => row.Subscription).HasColumnName("subscription");
            held.Property(row => row.Sequence).HasColumnName("sequence");
            held.Property(row => row.SessionId).HasColumnName("session_id");
            held.Property(row => row.Tenant).HasColumnName("tenant");
            held.Property(row => row.Attempts).HasColumnName("attempts");
            held.Property(row => row.HeldSince).HasColumnName("held_since");
            held.Property(row => row.RetryAt).HasColumnName("retry_at");
            held.Property(row => row.Problem).HasColumnName("problem");
            held.HasIndex(row => row.SessionId);
            held.HasIndex(row => new { row.Subscription, row.Sequence }).HasFilter("retry_at IS NOT NULL").HasDatabaseName("IX_rescue_held_event_waiting");
            held.HasOne<SessionRow>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<WebhookDeliveryRow>(delivery =>
        {
            delivery.ToTable("rescue_webhook_delivery").HasKey(row => new { row.Webhook, row.Sequence });
            delivery.Property(row => row.Webhook).HasColumnName("webhook");
            delivery.Property(row => row.Sequence).HasColumnName("sequence");
            delivery.Property(row => row.SessionId).HasColumnName("session_id");
            delivery.Property(row => row.Tenant).HasColumnName("tenant");
            delivery.Property(row => row.Type).HasColumnName("type");
            delivery.Property(row => row.Body).HasColumnName("body");
            delivery.Property(row => row.CreatedAt).HasColumnName("created_at");
            delivery.Property(row => row.DueAt).HasColumnName("due_at");
            delivery.Property(row => row.Fence).HasColumnName("fence");
            delivery.Property(row => row.Attempts).HasColumnName("attempts");
            delivery.Property(row => row.AttemptedAt).HasColumnName("attempted_at");
            delivery.Property(row => row.StatusCode).HasColumnName("status_code");
            delivery.Property(row => row.Problem).HasColumnName("problem");
            delivery.Property(row => row.FinishedAt).HasColumnName("finished_at");
            delivery.HasIndex(row => new { row.SessionId, row.Webhook, row.Sequence });
            delivery.HasIndex(row => new { row.Webhook, row.DueAt, row.Sequence }).HasFilter("due_at IS NOT NULL");
            delivery.HasIndex(row => row.FinishedAt).HasFilter("finished_at IS NOT NULL");
            delivery.HasOne<SessionRow>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.KeepTheHostsConventionsOut();
        return modelBuilder;
    }

    // The statements of ours know what they read and write.
    private static void KeepTheHostsConventionsOut(this ModelBuilder modelBuilder)
    {
        // The provider says here how it numbers rows; the name is its own, and no other sets it.
        var isPostgreSql = modelBuilder.Model.FindAnnotation("Npgsql:ValueGenerationStrategy") is not null;
        foreach (var property in modelBuilder.Model.GetEntityTypes().Where(row => row.ClrType.Assembly == typeof(SessionRow).Assembly).SelectMany(row => row.GetProperties()))
        {
            property.SetColumnType(ColumnType(property.ClrType, isPostgreSql));
            property.SetCollation(null);
            property.ValueGenerated = ValueGenerated.Never;
        }

        // On PostgreSQL both are made of the number of the writing transaction. On SQLite the one writer numbers events as it commits them, and never gives a
        // number twice.
        if (isPostgreSql)
            return;
        modelBuilder.Entity<EventRow>().Property(row => row.Sequence).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
        modelBuilder.Entity<OutboxRow>().Property(row => row.Position).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
    }

    private static string ColumnType(Type type, bool isPostgreSql) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.String => isPostgreSql ? "text" : "TEXT",
        TypeCode.Int32 => isPostgreSql ? "integer" : "INTEGER",
        TypeCode.Int64 => isPostgreSql ? "bigint" : "INTEGER",
        _ => isPostgreSql ? "bytea" : "BLOB",
    };

    // How much of a page PostgreSQL fills with new rows, in percent. A row that is changed finds room beside its former version then, and its indexes are left
    // alone. The name is the provider's; others pass it over.
    private static void LeavesRoom<TRow>(this EntityTypeBuilder<TRow> table, int fillFactor)
        where TRow : class => table.HasAnnotation("Npgsql:StorageParameter:fillfactor", fillFactor);
}
