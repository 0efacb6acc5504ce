using System.Text.Json;
using System.Text.Json.Serialization;
using BetterConnections.Enrollment.Employers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Facilities;

internal sealed class FacilityMapping : IEntityTypeConfiguration<Facility>, IEntityTypeConfiguration<FacilityEvent>,
    IEntityTypeConfiguration<FacilityHelper>, IEntityTypeConfiguration<ErasedVolunteer>, IEntityTypeConfiguration<NeedsAssessment>, IEntityTypeConfiguration<OpeningNumbers>
{
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public void Configure(EntityTypeBuilder<Facility> facility)
    {
        facility.ToTable("facilities");
        facility.Property(f => f.Id).ValueGeneratedNever();
        facility.Property(f => f.Version).IsRowVersion();
        facility.Property(f => f.OpeningHours).HasColumnType("jsonb").HasDefaultValueSql("'[]'::jsonb").HasConversion(
            hours => JsonSerializer.Serialize(hours, Stored),
            text => JsonSerializer.Deserialize<OpeningTime[]>(text, Stored)!,
            new ValueComparer<IReadOnlyList<OpeningTime>>((a, b) => a!.SequenceEqual(b!), hours => hours.Aggregate(0, HashCode.Combine)));
        facility.HasIndex(f => f.Number).IsUnique();
        facility.HasIndex(f => f.Code).IsUnique();
        facility.HasIndex(f => f.OpeningNumber).IsUnique();
        facility.HasIndex(f => new { f.State, f.Number });
        facility.HasIndex(f => new { f.EmployerId, f.Number });
        facility.HasOne<Employer>().WithMany().HasForeignKey(f => f.EmployerId).OnDelete(DeleteBehavior.Restrict);
        facility.HasOne(f => f.Site).WithMany().HasForeignKey(f => f.SiteId).OnDelete(DeleteBehavior.Restrict);
        facility.HasMany(f => f.Helpers).WithOne().HasForeignKey(h => h.FacilityId);
        facility.HasMany(f => f.History).WithOne().HasForeignKey(e => e.FacilityId);
        facility.Navigation(f => f.History).HasField("_history").UsePropertyAccessMode(PropertyAccessMode.Field);
        facility.HasOne<NeedsAssessment>().WithOne().HasForeignKey<NeedsAssessment>(n => n.FacilityId);
    }

    public void Configure(EntityTypeBuilder<FacilityEvent> entry)
    {
        entry.ToTable("facility_events");
        // Two changes of one facility at once: the second to commit loses and is told so.
        entry.HasIndex(e => new { e.FacilityId, e.Seq }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<FacilityHelper> helper)
    {
        helper.ToTable("facility_helpers");
        helper.Property(h => h.Id).ValueGeneratedNever();
        helper.HasIndex(h => new { h.FacilityId, h.Subject, h.Role }).IsUnique().HasFilter("volunteer_id is null").HasDatabaseName("helper_already_named");
        helper.HasIndex(h => h.FacilityId);
        helper.HasIndex(h => h.Subject);
        helper.HasIndex(h => h.VolunteerId);
    }

    public void Configure(EntityTypeBuilder<ErasedVolunteer> erased)
    {
        erased.ToTable("erased_volunteers");
        erased.Property(e => e.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<NeedsAssessment> needs)
    {
        needs.ToTable("needs_assessments");
        needs.HasKey(n => n.FacilityId);
    }

    public void Configure(EntityTypeBuilder<OpeningNumbers> numbers)
    {
        numbers.ToTable("opening_numbers");
        numbers.Property(n => n.Id).ValueGeneratedNever();
    }
}
