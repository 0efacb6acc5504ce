namespace BetterConnections.Enrollment.Compliance;

/// <summary>A company that the regulator obliges to take part, whether or not it has registered.</summary>
public sealed class MandatedCompany
{
    /// <summary>Normalised, as an employer's is.</summary>
    public required string RegistrationNumber { get; init; }
    public required string Name { get; init; }
    public DateTimeOffset ImportedAt { get; init; }
    public required string ImportedBy { get; init; }
}
