namespace BetterConnections.Training.Toolkits;

/// <summary>Learning material on one topic for one audience. What it says is in its versions, of which at most one is published.</summary>
public sealed class Toolkit
{
    private Toolkit() { }

    public Guid Id { get; private set; }
    /// <summary>What people call it; unique, lower case with hyphens.</summary>
    public string Code { get; private set; } = null!;
    public string Topic { get; private set; } = null!;
    public Audience Audience { get; private set; }
    /// <summary>Every text exists in it; it is shown where a translation is missing.</summary>
    public string DefaultLanguage { get; private set; } = null!;
    public DateTimeOffset AddedAt { get; private set; }
    public string AddedBy { get; private set; } = null!;

    /// <exception cref="ServiceDefaults.BadInput">topic_unknown, language_unknown</exception>
    public static Toolkit Add(string code, string topic, Audience audience, string defaultLanguage, ProgrammeSettings programme, string by, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        Code = code,
        Topic = programme.KnownTopic(topic),
        Audience = audience,
        DefaultLanguage = programme.KnownLanguages([defaultLanguage])[0],
        AddedAt = at,
        AddedBy = by,
    };
}
