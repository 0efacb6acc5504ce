namespace BetterConnections.Training;

/// <summary>Section <c>Training</c>.</summary>
public sealed class TrainingSettings
{
    /// <summary>32 bytes in base64 that seal the keys certificates are signed with. Without it, reading the database suffices to forge certificates.</summary>
    public string? KeyEncryptionKey { get; init; }
    /// <summary>For how long before its end a certificate can be renewed; what was attended in this time counts for the renewal.</summary>
    public int RenewalMonths { get; init; } = 6;
    /// <summary>How often a learner may try the quiz of one module; the best attempt counts.</summary>
    public int QuizAttempts { get; init; } = 3;
}
