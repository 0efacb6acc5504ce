namespace BetterConnections.Evaluation.Webhooks;

/// <summary>Section <c>Webhooks</c>.</summary>
public sealed class WebhookSettings
{
    /// <summary>Also to loopback and private addresses, and without TLS: for a receiver on the developer's own machine, never in production.</summary>
    public bool AllowLocal { get; init; }
    /// <summary>An endpoint has to answer within this; the standard advises 15 to 30 s.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>After this long without one success an endpoint is not tried any more; what happens is kept for it until it is enabled.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(5);
    /// <summary>How long what was delivered, given up, or waits for an endpoint that is off can be looked at and sent again.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);
}
