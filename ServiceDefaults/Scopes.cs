namespace BetterConnections.ServiceDefaults;

/// <summary>
/// What a partner system can be allowed. Identity gives these to clients, and no policy can ask for another. <c>evaluation.read</c> is plans,
/// progress, figures and results, which tell of no single person; <c>evaluation.interviews</c> is the interviews themselves, under pseudonyms,
/// and who is to be asked: for those who analyse them.
/// </summary>
public static class Scopes
{
    public static readonly IReadOnlyList<string> All =
    [
        "identity.read", "inventory.read", "inventory.write", "enrollment.read", "enrollment.write", "volunteer.read",
        "training.read", "training.write", "training.xapi", "evaluation.read", "evaluation.interviews", "evaluation.submit", "evaluation.webhooks",
    ];
}
