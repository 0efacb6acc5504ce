using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Enrollment.Compliance;

internal sealed class ComplianceMapping : IEntityTypeConfiguration<MandatedCompany>, IEntityTypeConfiguration<ComplianceRow>
{
    public void Configure(EntityTypeBuilder<MandatedCompany> company)
    {
        company.ToTable("mandated_companies");
        company.HasKey(c => c.RegistrationNumber);
    }

    public void Configure(EntityTypeBuilder<ComplianceRow> row)
    {
        row.HasNoKey();
        row.ToTable("compliance_board", t => t.ExcludeFromMigrations()); // a view, named as a table so that its columns are in snake_case
    }
}
