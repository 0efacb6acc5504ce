namespace BetterConnections.Testing;

/// <summary>Values nobody else has.</summary>
public static class Some
{
    public static string Serial() => "SN" + Guid.NewGuid().ToString("n")[..12].ToUpperInvariant();
}
