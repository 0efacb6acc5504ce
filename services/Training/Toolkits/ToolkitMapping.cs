using System.Runtime.CompilerServices;
using System.Text.Json;
using BetterConnections.Postgres.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BetterConnections.Training.Toolkits;

internal sealed class ToolkitMapping : IEntityTypeConfiguration<Toolkit>, IEntityTypeConfiguration<ToolkitVersion>, IEntityTypeConfiguration<VersionText>,
    IEntityTypeConfiguration<Module>, IEntityTypeConfiguration<LessonText>
{
    public void Configure(EntityTypeBuilder<Toolkit> toolkit)
    {
        toolkit.ToTable("toolkits");
        toolkit.Property(t => t.Id).ValueGeneratedNever();
        toolkit.HasIndex(t => t.Code).IsUnique().HasDatabaseName("toolkit_code_taken");
        toolkit.HasIndex(t => t.Topic);
    }

    public void Configure(EntityTypeBuilder<ToolkitVersion> version)
    {
        version.ToTable("toolkit_versions");
        version.Property(v => v.Id).ValueGeneratedNever();
        version.Property(v => v.Number).IsAudited();
        version.Property(v => v.RowVersion).IsRowVersion();
        version.HasOne(v => v.Toolkit).WithMany().HasForeignKey(v => v.ToolkitId).OnDelete(DeleteBehavior.Restrict);
        version.HasIndex(v => new { v.ToolkitId, v.Number }).IsUnique();
        version.HasIndex(v => v.ToolkitId, "draft_already_open").IsUnique().HasFilter("state = 'Draft'");
        version.HasIndex(v => v.ToolkitId, "version_already_published").IsUnique().HasFilter("state = 'Published'");
        version.HasMany(v => v.Texts).WithOne().HasForeignKey(t => t.VersionId);
        version.HasMany(v => v.Modules).WithOne().HasForeignKey(m => m.VersionId);
        version.Navigation(v => v.Texts).HasField("_texts").UsePropertyAccessMode(PropertyAccessMode.Field);
        version.Navigation(v => v.Modules).HasField("_modules").UsePropertyAccessMode(PropertyAccessMode.Field);
        version.Ignore(v => v.InOrder);
    }

    public void Configure(EntityTypeBuilder<VersionText> text)
    {
        text.ToTable("version_texts");
        text.HasKey(t => new { t.VersionId, t.Language });
    }

    public void Configure(EntityTypeBuilder<Module> module)
    {
        module.ToTable("modules");
        module.Property(m => m.Id).ValueGeneratedNever();
        module.Property(m => m.Slug).IsAudited();
        module.Property(m => m.RowVersion).IsRowVersion();
        module.HasIndex(m => new { m.VersionId, m.Slug }).IsUnique().HasDatabaseName("module_already_there");
        module.Property(m => m.Quiz).HasColumnType("jsonb").HasConversion(
            new ValueConverter<Quiz?, string?>(q => JsonSerializer.Serialize(q, JsonSerializerOptions.Web), s => JsonSerializer.Deserialize<Quiz>(s!, JsonSerializerOptions.Web)),
            new ValueComparer<Quiz?>((a, b) => ReferenceEquals(a, b), q => RuntimeHelpers.GetHashCode(q), q => q)); // a quiz is replaced, never changed
        module.HasMany(m => m.Texts).WithOne().HasForeignKey(t => t.ModuleId);
        module.Navigation(m => m.Texts).HasField("_texts").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<LessonText> text)
    {
        text.ToTable("lesson_texts");
        text.HasKey(t => new { t.ModuleId, t.Language });
    }
}
