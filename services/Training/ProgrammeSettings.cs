namespace BetterConnections.Training;

/// <summary>What another country would set differently; section <c>Programme</c>, with Qatar's values as the default.</summary>
public sealed class ProgrammeSettings
{
    /// <summary>What the programme calls itself on certificates.</summary>
    public string Name { get; init; } = "Better Connections";
    /// <summary>Address under which everybody reaches the system. Required: certificates are signed with it inside, for good.</summary>
    public required string PublicUrl { get; init; }
    /// <summary>IANA name; dates and hours that people read are in it.</summary>
    public string TimeZone { get; init; } = "Asia/Qatar";

    /// <param name="path">With its leading slash.</param>
    public string Address(string path) => PublicUrl.TrimEnd('/') + path;

    public static ProgrammeSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Programme");
        if (!Uri.TryCreate(section["PublicUrl"], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InvalidOperationException("Programme:PublicUrl is not set to an http(s) address. Give the one under which people reach the system.");
        return section.Get<ProgrammeSettings>()!;
    }
}
