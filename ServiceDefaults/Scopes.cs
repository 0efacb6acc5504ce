namespace BetterConnections.ServiceDefaults;

/// <summary>
/// What a partner system can be allowed. Identity gives these to clients, and no policy can ask for another. <c>evaluation.read</c> is plans,
/// samples and results, which tell of no fewer than ten people; <c>evaluation.interviews</c> is the interviews themselves, under pseudonyms, who is
/// to be asked, and counts of both by facility: for those who analyse them.
/// </summary>
public static class Scopes
{
    public static readonly IReadOnlyList<string> All =
    [
        "identity.read", "inventory.read", "inventory.write", "enrollment.read", "enrollment.write", "volunteer.read",
        "training.read", "training.write", "training.xapi", "evaluation.read", "evaluation.interviews", "evaluation.submit", "evaluation.webhooks",
    ];
}
