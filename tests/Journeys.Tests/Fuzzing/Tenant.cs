namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>Somebody who asks what nobody should ask. What is its own carries its mark; whoever is confined may read no other's.</summary>
/// <param name="Person">Null for who is not signed in, or has a token that is worth nothing.</param>
/// <param name="Token">For those without an account: what they send instead.</param>
/// <param name="IsConfined">Sees its own things and what is public.</param>
public sealed record Tenant(string Name, Person? Person, string OwnMark, bool IsConfined, string? Token = null)
{
    /// <summary>Begins every mark; no request ever holds one, so no answer can be an echo.</summary>
    public const string Mark = "QXMARK";

    public bool IsNobody => Person is null;

    public bool MayNotSee(string body) => IsConfined && body.Replace(OwnMark, "").Contains(Mark);
}
