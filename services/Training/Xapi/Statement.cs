using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Xapi;

/// <summary>An xAPI statement: somebody did something. Beside the statement itself stands what it is found by. It never changes.</summary>
public sealed class Statement
{
    public Guid Id { get; init; }
    public DateTimeOffset Stored { get; init; }
    public required string ActorHomePage { get; init; }
    public required string ActorName { get; init; }
    /// <summary>The verb's id.</summary>
    public required string Verb { get; init; }
    /// <summary>The id of the activity that is its object.</summary>
    public required string Activity { get; init; }
    /// <summary>The statement in JSON, as it is given out.</summary>
    public required string Json { get; init; }
}

internal sealed class StatementMapping : IEntityTypeConfiguration<Statement>
{
    public void Configure(EntityTypeBuilder<Statement> statement)
    {
        statement.ToTable("xapi_statements");
        statement.Property(s => s.Id).ValueGeneratedNever();
        statement.Property(s => s.Json).HasColumnName("statement").HasColumnType("jsonb");
        statement.HasIndex(s => new { s.Stored, s.Id });
        statement.HasIndex(s => new { s.ActorName, s.Stored });
        statement.HasIndex(s => new { s.Activity, s.Stored });
        statement.HasIndex(s => new { s.Verb, s.Stored });
    }
}
