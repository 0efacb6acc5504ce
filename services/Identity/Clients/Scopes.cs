namespace BetterConnections.Identity.Clients;

/// <summary>What a partner system can be allowed; the words that the services' policies ask for.</summary>
public static class Scopes
{
    public static readonly IReadOnlyList<string> All =
    [
        "identity.read", "inventory.read", "inventory.write", "enrollment.read", "enrollment.write", "volunteer.read", "volunteer.write",
        "training.read", "training.write", "training.xapi", "evaluation.read", "evaluation.write", "evaluation.webhooks",
    ];
}
