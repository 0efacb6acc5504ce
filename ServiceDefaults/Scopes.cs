namespace BetterConnections.ServiceDefaults;

/// <summary>What a partner system can be allowed. Identity gives these to clients, and no policy can ask for another.</summary>
public static class Scopes
{
    public static readonly IReadOnlyList<string> All =
    [
        "identity.read", "inventory.read", "inventory.write", "enrollment.read", "enrollment.write", "volunteer.read",
        "training.read", "training.write", "training.xapi", "evaluation.read", "evaluation.submit", "evaluation.webhooks",
    ];
}
