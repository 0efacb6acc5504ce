using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BetterConnections.Postgres.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Instruments;

internal sealed class InstrumentMapping : IEntityTypeConfiguration<Instrument>, IEntityTypeConfiguration<InstrumentVersion>, IEntityTypeConfiguration<InstrumentFile>
{
    /// <summary>How definitions are written in the database and in the files that ship.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Configure(EntityTypeBuilder<Instrument> instrument)
    {
        instrument.ToTable("instruments");
        instrument.HasKey(i => i.Code).HasName("instrument_already_known");
        instrument.Property(i => i.Version).IsRowVersion();
        instrument.HasIndex(i => i.FormId).IsUnique().HasDatabaseName("form_id_taken");
    }

    public void Configure(EntityTypeBuilder<InstrumentFile> file)
    {
        file.ToTable("instrument_files");
        file.HasKey(f => new { f.InstrumentCode, f.Name }).HasName("file_already_known");
        file.HasOne<Instrument>().WithMany().HasForeignKey(f => f.InstrumentCode);
    }

    public void Configure(EntityTypeBuilder<InstrumentVersion> version)
    {
        version.ToTable("instrument_versions");
        version.Property(v => v.Id).ValueGeneratedNever();
        version.Property(v => v.Number).IsAudited();
        version.Property(v => v.Version).IsRowVersion();
        version.Property(v => v.Definition).HasColumnType("jsonb")
            .HasConversion(d => JsonSerializer.Serialize(d, Json), text => JsonSerializer.Deserialize<InstrumentDefinition>(text, Json)!);
        version.HasOne<Instrument>().WithMany().HasForeignKey(v => v.InstrumentCode);
        version.HasIndex(v => new { v.InstrumentCode, v.Number }).IsUnique();
        version.HasIndex(v => new { v.FormId, v.FormVersion }).IsUnique();
        version.HasIndex(v => v.InstrumentCode, "draft_already_open").IsUnique().HasFilter("state = 'Draft'").HasDatabaseName("draft_already_open");
    }
}
