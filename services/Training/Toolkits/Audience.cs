namespace BetterConnections.Training.Toolkits;

/// <summary>Who is taught.</summary>
public enum Audience { Workers, Champions, Volunteers }

public static class AudienceWords
{
    /// <summary>As events say it.</summary>
    public static string Word(this Audience audience) => audience.ToString().ToLowerInvariant();
}
