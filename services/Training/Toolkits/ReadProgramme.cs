namespace BetterConnections.Training.Toolkits;

/// <summary>What toolkits may be written in and about, as the programme is set.</summary>
/// <param name="Languages">ISO 639-1 codes.</param>
/// <param name="Topics">The workers' and <c>teaching-adults</c>, also those that nothing is written about yet.</param>
public sealed record ProgrammeView(IReadOnlyList<string> Languages, IReadOnlyList<string> Topics);

public static class ReadProgramme
{
    public static ProgrammeView Handle(ProgrammeSettings programme) => new(programme.Languages, programme.TaughtTopics);
}
