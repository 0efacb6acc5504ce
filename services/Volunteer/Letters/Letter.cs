using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Volunteers.Letters;

/// <param name="Minutes">Approved ones.</param>
public sealed record RoleMinutes(string Role, int Minutes);

/// <summary>What a volunteer has given. Days are on the programme's clocks.</summary>
/// <param name="Roles">Most minutes first.</param>
public sealed record Given(int Minutes, int Facilities, DateOnly First, DateOnly Last, IReadOnlyList<RoleMinutes> Roles);

/// <summary>A recognition letter. Its number stands for one volunteer and just these figures: asked for again, it is the same letter.</summary>
public sealed class Letter
{
    public Guid Id { get; init; }
    /// <summary><c>L-000045</c></summary>
    public required string Number { get; init; }
    public Guid VolunteerId { get; init; }
    public DateTimeOffset IssuedAt { get; init; }
    /// <summary>JSON of <see cref="Given"/>.</summary>
    public required string Figures { get; init; }

    public static string FiguresOf(Given given) => JsonSerializer.Serialize(given);
}

internal sealed class LetterMapping : IEntityTypeConfiguration<Letter>
{
    public void Configure(EntityTypeBuilder<Letter> letter)
    {
        letter.ToTable("letters");
        letter.Property(l => l.Id).ValueGeneratedNever();
        letter.HasIndex(l => l.Number).IsUnique();
        letter.HasIndex(l => new { l.VolunteerId, l.Figures }).IsUnique();
        letter.HasOne<Volunteer>().WithMany().HasForeignKey(l => l.VolunteerId);
    }
}
